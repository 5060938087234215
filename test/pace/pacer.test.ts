import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { Redis } from 'ioredis'
import { createPacer } from '../../src/pace/pacer.ts'
import { redisSlots } from '../../src/pace/redis-slots.ts'
import { LATE_MS, LEAD_MS } from '../../src/pace/slot-book.ts'
import { type Slots, localSlots } from '../../src/pace/slots.ts'
import { type RedisServer, hasRedis, startRedis } from '../support/redis.ts'

const never = new AbortController().signal
const rpm = 3_000
const spacingMs = 60_000 / rpm

/** The times of that many slots, from the first; `senders` processes ask side by side. */
async function slotTimes(slots: () => Slots, count: number, senders = 1): Promise<number[]> {
  const pacers = Array.from({ length: senders }, () => createPacer(slots()))
  const times: number[] = []
  const start = performance.now()
  await Promise.all(
    Array.from({ length: count }, async (_, at) => {
      await pacers[at % senders]?.slot(rpm, never)
      times.push(performance.now() - start)
    }),
  )
  return times.toSorted((a, b) => a - b)
}

/** When the next slot is, at the limit of these tests. */
async function nextSlot(slots: Slots): Promise<number> {
  for (;;) {
    const grant = await slots.take(rpm, 60_000)
    if (grant.kind === 'go') return performance.now() + grant.waitMs
    await new Promise((resolve) => setTimeout(resolve, grant.waitMs))
  }
}

const sameGeneration = () => Promise.resolve('one')

let redis: RedisServer | undefined
let connection: Redis | undefined
beforeAll(async () => {
  if (!hasRedis) return
  redis = await startRedis()
  connection = new Redis(redis.url, { maxRetriesPerRequest: null })
})
afterAll(async () => {
  connection?.disconnect()
  await redis?.close()
})

/** A new book each time: the slots in this process, and those that Redis keeps. */
const books: { name: string; open: () => () => Slots }[] = [
  {
    name: 'in one process',
    open: () => {
      const slots = localSlots()
      return () => slots
    },
  },
]
if (hasRedis) {
  let opened = 0
  books.push({
    name: 'on Redis',
    open: () => {
      const key = `slots-${(opened += 1)}`
      return () => redisSlots(connection as Redis, key, sameGeneration)
    },
  })
}

describe.each(books)('slots $name', ({ open }) => {
  test('however many ask at once, no more slots come than the limit allows', async () => {
    const times = await slotTimes(open(), 60, 3)
    for (const [index, time] of times.entries()) {
      // The book may make up for a moment that passed unused; a timer of Node's may fire a millisecond early.
      expect(time).toBeGreaterThanOrEqual(index * spacingMs - LATE_MS - 1.5)
    }
  })

  test('while the lane is held nobody gets a slot, and afterwards the pace is lower, and climbs back', async () => {
    const slots = open()()
    await createPacer(slots).slot(60_000, never)
    expect(await slots.hold(300, 60_000)).toBeGreaterThan(290)
    const held = await slots.take(60_000, 60_000)
    expect(held.kind).toBe('ask')
    expect(held.waitMs).toBeGreaterThan(0)
    expect(held.waitMs).toBeLessThanOrEqual(300)
    const taken: number[] = []
    const start = performance.now()
    const stepMs = 200
    while (taken.length < 80) {
      const grant = await slots.take(stepMs * 0.4, stepMs * 4)
      await new Promise((resolve) => setTimeout(resolve, grant.waitMs))
      if (grant.kind === 'go') taken.push(performance.now() - start)
    }
    const [first = 0] = taken
    expect(first).toBeGreaterThanOrEqual(290)
    // At half the pace, and a step more every so often, 80 slots of 10 ms take longer than at the full pace.
    expect((taken.at(-1) ?? 0) - first).toBeGreaterThan(80 * 10 * 1.15 - LATE_MS)
  })

  test('a slot that somebody had when the lane was held is not used before the end of the hold', async () => {
    const slots = open()()
    const had = Promise.withResolvers<void>()
    const pacer = createPacer({
      ...slots,
      async take(limit, minuteMs) {
        const grant = await slots.take(limit, minuteMs)
        if (grant.kind === 'go' && grant.waitMs > 100) had.resolve()
        return grant
      },
    })
    // Slots 300 ms apart.
    const used: number[] = []
    const both = [1, 2].map(async () => {
      await pacer.slot(200, never)
      used.push(performance.now())
    })
    await had.promise
    const heldFrom = performance.now()
    await slots.hold(1_500, 60_000)
    await Promise.all(both)
    const usedSince = used.filter((at) => at > heldFrom)
    expect(Math.min(...usedSince) - heldFrom).toBeGreaterThan(1_495)
  })

  test('a hold of unknown length ends with the minute', async () => {
    const slots = open()()
    expect(await slots.held()).toBe(0)
    const leftMs = await slots.hold(undefined, 3_600_000)
    const [seconds] = (await connection?.time()) ?? [Date.now() / 1000]
    expect(leftMs / 1000).toBeCloseTo(3_600 - (Number(seconds) % 3_600), -1)
    expect(await slots.held()).toBeGreaterThan(leftMs - 1_000)
  })

  test('without a limit too, nothing goes while the lane is held', async () => {
    const pacer = createPacer(open()())
    await pacer.slot(undefined, never)
    const heldFrom = performance.now()
    const until = await pacer.hold(200)
    expect(Number.isInteger(until)).toBe(true)
    await pacer.slot(undefined, never)
    expect(performance.now() - heldFrom).toBeGreaterThan(195)
  })

  test('a limit that is set for all goes before what anybody asks for, until it is taken back', async () => {
    const slots = open()()
    // At first the book makes up for the time before.
    for (let slot = 0; slot < 20; slot += 1) await nextSlot(slots)
    const spacingOf = async () => {
      const first = await nextSlot(slots)
      return (await nextSlot(slots)) - first
    }
    await slots.setLimit(600)
    await nextSlot(slots)
    expect(await spacingOf()).toBeCloseTo(100, -1)
    await slots.setLimit(undefined)
    await nextSlot(slots)
    expect(await spacingOf()).toBeCloseTo(20, -1)
  })

  test('who no longer wants a slot neither waits for it nor takes it', async () => {
    const pacer = createPacer(open()())
    await pacer.slot(60, never)
    const stop = new AbortController()
    const waiting = pacer.slot(60, stop.signal)
    stop.abort()
    await expect(waiting).rejects.toThrow('aborted')
  })
})

describe.skipIf(!hasRedis)('a book that Redis keeps', () => {
  test('is lost with Redis, and begins anew so late that no slot is taken twice', async () => {
    const slots = redisSlots(connection as Redis, 'lost', sameGeneration)
    const first = await slots.take(10, 1_000)
    expect(first).toEqual({ kind: 'ask', waitMs: 100 })
    await new Promise((resolve) => setTimeout(resolve, 150))
    const second = await slots.take(10, 1_000)
    expect(second.kind).toBe('go')
    expect(second.waitMs).toBeLessThanOrEqual(LEAD_MS)
    await (connection as Redis).del('lost')
    expect((await slots.take(10, 1_000)).kind).toBe('ask')
  })

  test('is as good as lost where it came back with an old snapshot', async () => {
    let generation = 'one'
    const slots = redisSlots(connection as Redis, 'old', () => Promise.resolve(generation))
    await slots.take(10, 1_000)
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect((await slots.take(10, 1_000)).kind).toBe('go')

    generation = 'two'

    // Slots were taken at most so far ahead: the next one is a spacing behind them all.
    expect(await slots.take(10, 1_000)).toEqual({ kind: 'ask', waitMs: 100 })
  })
})

test.skipIf(!hasRedis)('a clock of Redis that is put back by an hour does not stop the lane', async () => {
  const slots = redisSlots(connection as Redis, 'back', sameGeneration)
  await slots.take(600, 60_000)
  await slots.hold(30_000, 60_000)
  // The same as if the clock were put back: all that was noted lies an hour further ahead.
  for (const field of ['next', 'held', 'heldFrom', 'since'])
    await (connection as Redis).hincrbyfloat('back', field, 3_600_000)

  expect(await slots.held()).toBe(0)
  // At half the pace, slots are 200 ms apart.
  expect(await slots.take(600, 60_000)).toEqual({ kind: 'ask', waitMs: 200 })
})

const full = () => Promise.reject(new Error('OOM command not allowed'))

test('where no slot can be taken, nobody goes: the caller hears why', async () => {
  const pacer = createPacer({ take: full, hold: full, held: full, setLimit: full })
  await expect(pacer.slot(600, never)).rejects.toThrow('OOM')
})
