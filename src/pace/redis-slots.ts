import type { RedisConnection } from '../broker/redis-connection.ts'
import { LATE_MS, LEAD_MS } from './slot-book.ts'
import { LIMIT_LASTS_MS, type Slots } from './slots.ts'

/**
 * Slots for all processes on the same Redis, which keeps the book and the time: nobody's own clock matters. Whoever
 * dies loses the slot that it had taken, and no other; a Redis that comes back empty begins a little later.
 * `key`: the book's name; it goes away by itself some minutes after its last use. `generation`: the broker's; what the
 * book of another one says of the slots taken is out of date. The limits that were set are known to each process that
 * takes slots, and come back with them.
 */
export function redisSlots(redis: RedisConnection, key: string, generation: () => Promise<string | undefined>): Slots {
  let limits = ''
  return {
    async take({ run, rpm }, minuteMs) {
      const args = [rpm, minuteMs, LEAD_MS, LATE_MS, (await generation()) ?? '', run, limits]
      const [taken, waitMs, known = ''] = await evaluate(redis, TAKE, key, args)
      limits = known
      return { kind: taken === '1' ? 'go' : 'ask', waitMs: Number(waitMs) }
    },
    async setLimit(run, rpm) {
      await evaluate(redis, SET_LIMIT, key, [run, rpm ?? '', LIMIT_LASTS_MS])
    },
    async hold({ ms, slower }, minuteMs) {
      const [leftMs] = await evaluate(redis, HOLD, key, [ms ?? '', minuteMs, slower ? '1' : '0'])
      return Number(leftMs)
    },
    async held() {
      const [leftMs] = await evaluate(redis, HELD, key, [])
      return Number(leftMs)
    },
  }
}

/** Sent whole each time: a script of this size costs less than to care for its being known after a restart. */
async function evaluate(
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

// The limits are a JSON object, a pair for each run: requests a minute, and until when that holds.
const TAKE = `${PROLOGUE}
local minute, lead, late = tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local known = (redis.call('HGET', KEYS[1], 'generation') or '') == ARGV[5] and redis.call('HGET', KEYS[1], 'next')
local limits = redis.call('HGET', KEYS[1], 'limits')
if not known and ARGV[7] ~= '' then
  limits = ARGV[7]
  redis.call('HSET', KEYS[1], 'limits', limits)
end
local rpm = tonumber(ARGV[1])
if limits then
  local set = cjson.decode(limits)
  local own = set[ARGV[6]]
  if own and own[2] > now then rpm = own[1] end
  for run, limit in pairs(set) do
    if run ~= ARGV[6] and limit[2] > now then rpm = math.min(rpm, limit[1]) end
  end
end
limits = limits or ''
local spacing = minute / rpm
local step = minute / 4
if held > 0 then return {'0', tostring(held), limits} end
if share < 1 then
  since = math.min(since, now)
  local steps = math.floor((now - since) / step)
  share = math.min(share + steps * 0.125, 1)
  redis.call('HSET', KEYS[1], 'share', share, 'since', string.format('%.3f', since + steps * step))
end
local gap = spacing / share
local furthest = now + lead + math.max(tonumber(redis.call('HGET', KEYS[1], 'gap') or 0), gap)
local slot = math.max(math.min(tonumber(known or furthest), furthest), now - late)
local mayTake = slot - now <= lead
redis.call('HSET', KEYS[1], 'next', string.format('%.3f', mayTake and slot + gap or slot), 'generation', ARGV[5])
if mayTake then redis.call('HSET', KEYS[1], 'gap', string.format('%.3f', gap)) end
redis.call('PEXPIRE', KEYS[1], 600000)
if mayTake then return {'1', tostring(math.max(slot - now, 0)), limits} end
return {'0', tostring(slot - now - lead), limits}
`

const SET_LIMIT = `${PROLOGUE}
local set = cjson.decode(redis.call('HGET', KEYS[1], 'limits') or '{}')
for run, limit in pairs(set) do
  -- A clock that was put back would keep them for ever.
  if limit[2] <= now or limit[2] > now + 2 * ARGV[3] then set[run] = nil end
end
set[ARGV[1]] = ARGV[2] ~= '' and { tonumber(ARGV[2]), now + tonumber(ARGV[3]) } or nil
if next(set) then redis.call('HSET', KEYS[1], 'limits', cjson.encode(set))
else redis.call('HDEL', KEYS[1], 'limits') end
redis.call('PEXPIRE', KEYS[1], 600000)
return {}
`

const HOLD = `${PROLOGUE}
local minute = tonumber(ARGV[2])
local slower = ARGV[3] == '1'
if slower and held <= 0 then share = math.max(share / 2, 0.125) end
held = math.max(held, tonumber(ARGV[1]) or minute - now % minute)
local untilThen = string.format('%.3f', now + held)
redis.call('HSET', KEYS[1], 'heldFrom', string.format('%.3f', now), 'held', untilThen)
if slower then redis.call('HSET', KEYS[1], 'share', share, 'since', untilThen) end
redis.call('PEXPIRE', KEYS[1], math.ceil(held) + 600000)
return {tostring(held)}
`

const HELD = `${PROLOGUE}
return {tostring(held)}
`
