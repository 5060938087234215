import type { Broker } from '../broker/broker.ts'
import { PREFIX } from '../broker/job-options.ts'
import { redisSlots } from './redis-slots.ts'
import { type Slots, localSlots } from './slots.ts'

/** The books of the brokers that live in this process. */
const localBooks = new WeakMap<Broker, Map<string, Slots>>()

/** The slots of a lane on an account: one book for all processes on a Redis, or for all in this process. */
export function laneSlots(broker: Broker, account: string, lane: string): Slots {
  if (broker.redis !== undefined)
    return redisSlots(broker.redis, `${PREFIX}:slots:${account}:${lane}`, broker.generation)
  const books = localBooks.get(broker) ?? new Map<string, Slots>()
  localBooks.set(broker, books)
  const slots = books.get(`${account} ${lane}`) ?? localSlots()
  books.set(`${account} ${lane}`, slots)
  return slots
}
