import type { RedisConnection } from '../broker/redis-connection.ts'
import { LATE_MS, LEAD_MS } from './slot-book.ts'
import type { Slots } from './slots.ts'

/**
 * Slots for all processes on the same Redis, which keeps the book and the time: nobody's own clock matters. Whoever
 * dies loses the slot that it had taken, and no other; a Redis that comes back empty begins a little later.
 * `key`: the book's name; it goes away by itself some minutes after its last use. `generation`: the broker's; what the
 * book of another one says of the slots taken is out of date.
 */
export function redisSlots(redis: RedisConnection, key: string, generation: () => Promise<string | undefined>): Slots {
  return {
    async take(limit, minuteMs) {
      const args = [limit, minuteMs, LEAD_MS, LATE_MS, (await generation()) ?? '']
      const [taken, waitMs] = await run(redis, TAKE, key, args)
      return { kind: taken === '1' ? 'go' : 'ask', waitMs: Number(waitMs) }
    },
    async setLimit(limit) {
      if (limit === undefined) await redis.hdel(key, 'limit')
      else await redis.hset(key, 'limit', limit)
    },
    async hold(ms, minuteMs) {
      const [leftMs] = await run(redis, HOLD, key, [ms ?? '', minuteMs])
      return Number(leftMs)
    },
    async held() {
      const [leftMs] = await run(redis, HELD, key, [])
      return Number(leftMs)
    },
  }
}

/** Sent whole each time: a script of this size costs less than to care for its being known after a restart. */
async function run(
  redis: RedisConnection,
  script: string,
  key: string,
  args: readonly (number | string)[],
): Promise<readonly string[]> {
  return (await redis.eval(script, 1, key, ...args.map(String))) as string[]
}

// The rules are those of slot-book.ts, where they are explained. Numbers travel as text: Redis cuts off fractions.
const PROLOGUE = `
local clock = redis.call('TIME')
local now = clock[1] * 1000 + clock[2] / 1000
local heldFrom = tonumber(redis.call('HGET', KEYS[1], 'heldFrom') or 0)
local held = now < heldFrom - ${LEAD_MS} and 0 or math.max(tonumber(redis.call('HGET', KEYS[1], 'held') or 0) - now, 0)
local share = tonumber(redis.call('HGET', KEYS[1], 'share') or 1)
local since = tonumber(redis.call('HGET', KEYS[1], 'since') or 0)
`

const TAKE = `${PROLOGUE}
local minute, lead, late = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local spacing = minute / tonumber(redis.call('HGET', KEYS[1], 'limit') or ARGV[1])
local step = minute / 4
if held > 0 then return {'0', tostring(held)} end
if share < 1 then
  since = math.min(since, now)
  local steps = math.floor((now - since) / step)
  share = math.min(share + steps * 0.125, 1)
  redis.call('HSET', KEYS[1], 'share', share, 'since', string.format('%.3f', since + steps * step))
end
local gap = spacing / share
local known = (redis.call('HGET', KEYS[1], 'generation') or '') == ARGV[5] and redis.call('HGET', KEYS[1], 'next')
local furthest = now + lead + math.max(tonumber(redis.call('HGET', KEYS[1], 'gap') or 0), gap)
local slot = math.max(math.min(tonumber(known or furthest), furthest), now - late)
local mayTake = slot - now <= lead
redis.call('HSET', KEYS[1], 'next', string.format('%.3f', mayTake and slot + gap or slot), 'generation', ARGV[5])
if mayTake then redis.call('HSET', KEYS[1], 'gap', string.format('%.3f', gap)) end
redis.call('PEXPIRE', KEYS[1], 600000)
if mayTake then return {'1', tostring(math.max(slot - now, 0))} end
return {'0', tostring(slot - now - lead)}
`

const HOLD = `${PROLOGUE}
local minute = tonumber(ARGV[2])
if held <= 0 then share = math.max(share / 2, 0.125) end
held = math.max(held, tonumber(ARGV[1]) or minute - now % minute)
local untilThen = string.format('%.3f', now + held)
redis.call('HSET', KEYS[1], 'heldFrom', string.format('%.3f', now), 'held', untilThen, 'share', share, 'since', untilThen)
redis.call('PEXPIRE', KEYS[1], math.ceil(held) + 600000)
return {tostring(held)}
`

const HELD = `${PROLOGUE}
return {tostring(held)}
`
