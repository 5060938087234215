import type { Broker } from '../broker/broker.ts'
import { PREFIX } from '../broker/job-options.ts'
import type { RedisConnection } from '../broker/redis-connection.ts'

/** How many rows a request may carry on each lane of an account, where the API refused more: what one worker learns, all know. */
export interface BatchSizes {
  /** What is known of the lane, as of the last `refresh` or `learn`; undefined: nothing. */
  most(lane: string): number | undefined
  /** Looks what others have learned. */
  refresh(): Promise<void>
  /** Never above what is known, and never below 1. */
  learn(lane: string, rows: number): Promise<void>
}

/** One memory for all processes on a Redis, or for all in this process. */
export function batchSizes(broker: Broker, account: string): BatchSizes {
  if (broker.redis !== undefined) return redisSizes(broker.redis, `${PREFIX}:batch-sizes:${account}`)
  const sizes = localSizes.get(broker) ?? new Map<string, Map<string, number>>()
  localSizes.set(broker, sizes)
  const known = sizes.get(account) ?? new Map<string, number>()
  sizes.set(account, known)
  return {
    most: (lane) => known.get(lane),
    refresh: () => Promise.resolve(),
    learn(lane, rows) {
      known.set(lane, Math.max(1, Math.min(known.get(lane) ?? rows, rows)))
      return Promise.resolve()
    },
  }
}

const localSizes = new WeakMap<Broker, Map<string, Map<string, number>>>()

function redisSizes(redis: RedisConnection, key: string): BatchSizes {
  let known: ReadonlyMap<string, number> = new Map()
  const take = (entries: Readonly<Record<string, string>>): void => {
    known = new Map(Object.entries(entries).map(([lane, rows]) => [lane, Number(rows)]))
  }
  return {
    most: (lane) => known.get(lane),
    refresh: async () => take(await redis.hgetall(key)),
    async learn(lane, rows) {
      const lowest = await redis.eval(LEARN, 1, key, lane, String(Math.max(1, rows)), String(REMEMBERED_S))
      known = new Map([...known, [lane, Number(lowest)]])
    },
  }
}

/** The limit may be raised one day: then the first request that tries says so. */
const REMEMBERED_S = 30 * 24 * 60 * 60

const LEARN = `
local known = tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or ARGV[2])
local rows = math.min(known, tonumber(ARGV[2]))
redis.call('HSET', KEYS[1], ARGV[1], rows)
redis.call('EXPIRE', KEYS[1], ARGV[3])
return tostring(rows)
`
