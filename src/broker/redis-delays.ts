import { PREFIX } from './job-options.ts'
import type { Delays } from './promote-due.ts'
import type { RedisConnection } from './redis-connection.ts'

/** Delays by Redis' clock, which is one for all processes. Where it is put back, they are as long as they were. */
export function redisDelays(redis: RedisConnection): Delays {
  return {
    async add(queue, job, afterMs) {
      await redis.eval(ADD, 1, keyOf(queue), job, afterMs)
    },
    async due(queue) {
      const found = (await redis.eval(DUE, 1, keyOf(queue))) as string[]
      return found.flatMap((job, at) => (at % 2 === 0 ? [{ job, at: found[at + 1] ?? '' }] : []))
    },
    async remove(queue, { job, at }) {
      await redis.eval(REMOVE, 1, keyOf(queue), job, at)
    },
  }
}

function keyOf(queue: string): string {
  return `${PREFIX}:due:${queue}`
}

// The member without a name holds when the clock was last looked at, as a score that is never due.
const PROLOGUE = `
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local seen = -tonumber(redis.call('ZSCORE', KEYS[1], '') or 0)
if seen > now + 1000 then
  for _, job in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], 0, '+inf')) do
    redis.call('ZINCRBY', KEYS[1], now - seen, job)
  end
end
`

const ADD = `${PROLOGUE}
redis.call('ZADD', KEYS[1], now + math.max(math.ceil(ARGV[2]), 1), ARGV[1], -now, '')
redis.call('PEXPIRE', KEYS[1], 604800000)
`

const DUE = `${PROLOGUE}
local due = redis.call('ZRANGEBYSCORE', KEYS[1], 0, now, 'WITHSCORES', 'LIMIT', 0, 100)
if redis.call('ZCARD', KEYS[1]) > 1 then redis.call('ZADD', KEYS[1], -now, '') end
return due
`

const REMOVE = `
if redis.call('ZSCORE', KEYS[1], ARGV[1]) == ARGV[2] then redis.call('ZREM', KEYS[1], ARGV[1]) end
`
