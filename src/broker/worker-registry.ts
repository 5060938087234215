import { randomUUID } from 'node:crypto'
import type { LaneName } from '../model.ts'
import { PREFIX } from './job-options.ts'
import type { RedisConnection } from './redis-connection.ts'

/** A process that works on lanes: for whom, and where it is. */
export interface WorkerEntry {
  readonly account: string
  /** The host of its API. */
  readonly api: string
  readonly lanes: readonly LaneName[]
  readonly host: string
  readonly pid: number
  /** That of its rollcall. */
  readonly version: string
  /** The form in which it reads jobs; absent: the first one. */
  readonly form?: number
  /** It works within this run's process, and ends with it. Absent: a `rollcall worker`. */
  readonly run?: string
}

export interface WorkerAtWork extends WorkerEntry {
  /** Milliseconds since the epoch, by the clock of the broker. */
  readonly since: number
}

/** Who works on a broker's lanes at this moment. */
export interface WorkerRegistry {
  /** Has a process stand in it for as long as it lives, or until it is taken out. */
  enrol(entry: WorkerEntry): Enrolment
  /** Who works, those who have been at it for longest first. A process that died stands there for a few seconds. */
  list(): Promise<readonly WorkerAtWork[]>
}

export interface Enrolment {
  /** Takes the process out of it; waits for no broker that does not answer. */
  end(): Promise<void>
}

/** The registry of a Redis: each entry is written again and again, by Redis' own clock. */
export function redisRegistry(redis: RedisConnection): WorkerRegistry {
  return {
    enrol(entry) {
      const id = randomUUID()
      let since: string | undefined
      let beating: Promise<void> | undefined
      // One at a time: while Redis is away, commands wait.
      const beat = () => {
        beating ??= redis
          .eval(BEAT, 1, KEY, id, JSON.stringify(entry), since ?? '', FORGOTTEN_AFTER_MS)
          .then((answer) => void (since = String(answer)))
          // Whoever works has other commands that say what is wrong with Redis.
          .catch(() => {})
          .finally(() => (beating = undefined))
      }
      beat()
      const timer = setInterval(beat, BEAT_EVERY_MS)
      return {
        async end() {
          clearInterval(timer)
          const gone = Promise.all([beating, redis.hdel(KEY, id)])
          await within(gone, END_PATIENCE_MS)
        },
      }
    },
    async list() {
      const [now, entries] = (await redis.eval(LIST, 1, KEY)) as [string, string[]]
      return entries
        .filter((_text, at) => at % 2 === 1)
        .flatMap((text) => readEntry(text, Number(now)) ?? [])
        .toSorted((a, b) => a.since - b.since)
    },
  }
}

const KEY = `${PREFIX}:workers`
const BEAT_EVERY_MS = 3_000
/** Who was not heard of for so long is dead, or as good as dead. */
const FORGOTTEN_AFTER_MS = 12_000
const END_PATIENCE_MS = 500

/** `<seen> <since> <entry>`. Undefined: not seen for long, or before the clock was put back; or not to be read. */
function readEntry(text: string, now: number): WorkerAtWork | undefined {
  const [, seen, since, json] = /^(\d+) (\d+) (.*)$/s.exec(text) ?? []
  if (json === undefined || Math.abs(now - Number(seen)) > FORGOTTEN_AFTER_MS) return undefined
  try {
    return { ...(JSON.parse(json) as WorkerEntry), since: Number(since) }
  } catch {
    return undefined
  }
}

async function within(work: Promise<unknown>, ms: number): Promise<void> {
  const { promise: patience, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  await Promise.race([work.catch(() => {}), patience])
  clearTimeout(timer)
}

const NOW = `
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
`

const BEAT = `${NOW}
local since = ARGV[3]
if since == '' then since = string.format('%.0f', now) end
local held = redis.call('HGETALL', KEYS[1])
for at = 1, #held, 2 do
  local seen = tonumber(string.match(held[at + 1], '^%d+'))
  if seen == nil or math.abs(now - seen) > tonumber(ARGV[4]) then redis.call('HDEL', KEYS[1], held[at]) end
end
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', now) .. ' ' .. since .. ' ' .. ARGV[2])
redis.call('PEXPIRE', KEYS[1], 86400000)
return since
`

const LIST = `${NOW}
return { string.format('%.0f', now), redis.call('HGETALL', KEYS[1]) }
`
