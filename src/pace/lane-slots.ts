import type { Broker } from '../broker/broker.ts'
import { redisSlots } from './redis-slots.ts'
import { type Slots, localSlots } from './slots.ts'

/** The slots of a lane on an account: shared by all processes on one Redis, or this process' own. */
export function laneSlots({ redis }: Broker, account: string, lane: string): Slots {
  return redis === undefined ? localSlots() : redisSlots(redis, `rollcall:slots:${account}:${lane}`)
}
