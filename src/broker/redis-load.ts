import { PREFIX } from './job-options.ts'
import type { RedisConnection } from './redis-connection.ts'

/** The jobs of a queue. Those that are put back, parked ones among them, are `delayed`. */
export interface QueueLoad {
  readonly queue: string
  readonly waiting: number
  readonly active: number
  readonly delayed: number
}

/** How large each of these queues is, without making one that is not there; those with nothing in them are left out. */
export async function queueLoads(redis: RedisConnection, queues: readonly string[]): Promise<readonly QueueLoad[]> {
  const loads = await Promise.all(
    queues.map(async (queue) => {
      const key = `${PREFIX}:${queue}`
      const [listed, prioritized, active, delayed] = await Promise.all([
        redis.llen(`${key}:wait`),
        redis.zcard(`${key}:prioritized`),
        redis.llen(`${key}:active`),
        redis.zcard(`${key}:delayed`),
      ])
      return { queue, waiting: listed + prioritized, active, delayed }
    }),
  )
  return loads.filter(({ waiting, active, delayed }) => waiting + active + delayed > 0)
}

export interface RedisLoad {
  readonly version: string
  readonly usedBytes: number
  /** Undefined: it takes what the machine has. */
  readonly maxBytes: number | undefined
}

/** What a Redis says of itself; undefined where it may not be asked. */
export async function redisLoad(redis: RedisConnection): Promise<RedisLoad | undefined> {
  try {
    const text = `${await redis.info('server')}\n${await redis.info('memory')}`
    const field = (name: string) => new RegExp(`^${name}:(\\S+)`, 'm').exec(text)?.[1]
    const maxBytes = Number(field('maxmemory') ?? 0)
    return {
      version: field('valkey_version') ?? field('redis_version') ?? '',
      usedBytes: Number(field('used_memory') ?? 0),
      maxBytes: maxBytes === 0 ? undefined : maxBytes,
    }
  } catch {
    return undefined
  }
}
