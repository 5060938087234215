import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { Redis } from 'ioredis'
import { type Pacer, type Place, createPacer } from '../../src/pace/pacer.ts'
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
      await slotOf(pacers[at % senders] as Pacer, rpm)
      times.push(performance.now() - start)
    }),
  )
  return times.toSorted((a, b) => a - b)
}

/** Waits for a slot, however far it is. */
async function slotOf(pacer: Pacer, asked: number | undefined): Promise<void> {
  expect(await pacer.join({ run: 'run', rpm: asked }, never).turn(60_000)).toBe('slot')
}

/** When the next slot is, at the limit of these tests. */
async function nextSlot(slots: Slots): Promise<number> {
  for (;;) {
    const grant = await slots.take({ run: 'run', rpm }, 60_000)
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
    await slotOf(createPacer(slots), 60_000)
    expect(await slots.hold({ ms: 300, slower: true }, 60_000)).toBeGreaterThan(290)
    const held = await slots.take({ run: 'run', rpm: 60_000 }, 60_000)
    expect(held.kind).toBe('ask')
    expect(held.waitMs).toBeGreaterThan(0)
    expect(held.waitMs).toBeLessThanOrEqual(300)
    const taken: number[] = []
    const start = performance.now()
    const stepMs = 200
    while (taken.length < 80) {
      const grant = await slots.take({ run: 'run', rpm: stepMs * 0.4 }, stepMs * 4)
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
      async take(ask, minuteMs) {
        const grant = await slots.take(ask, minuteMs)
        if (grant.kind === 'go' && grant.waitMs > 100) had.resolve()
        return grant
      },
    })
    // Slots 300 ms apart.
    const used: number[] = []
    const both = [1, 2].map(async () => {
      await slotOf(pacer, 200)
      used.push(performance.now())
    })
    await had.promise
    const heldFrom = performance.now()
    await slots.hold({ ms: 1_500, slower: true }, 60_000)
    await Promise.all(both)
    const usedSince = used.filter((at) => at > heldFrom)
    expect(Math.min(...usedSince) - heldFrom).toBeGreaterThan(1_495)
  })

  test('a hold of unknown length ends with the minute', async () => {
    const slots = open()()
    expect(await slots.held()).toBe(0)
    const leftMs = await slots.hold({ ms: undefined, slower: true }, 3_600_000)
    const [seconds] = (await connection?.time()) ?? [Date.now() / 1000]
    expect(leftMs / 1000).toBeCloseTo(3_600 - (Number(seconds) % 3_600), -1)
    expect(await slots.held()).toBeGreaterThan(leftMs - 1_000)
  })

  test('without a limit too, nothing goes while the lane is held', async () => {
    const pacer = createPacer(open()())
    await slotOf(pacer, undefined)
    const heldFrom = performance.now()
    const until = await pacer.hold(200, { slower: true })
    expect(Number.isInteger(until)).toBe(true)
    await slotOf(pacer, undefined)
    expect(performance.now() - heldFrom).toBeGreaterThan(195)
  })

  test('a limit that is set for all goes before what anybody asks for, until it is taken back', async () => {
    const slots = open()()
    // At first the book makes up for the time before.
    for (let slot = 0; slot < 20; slot += 1) await nextSlot(slots)
    // Over several slots: whoever comes late for one counts for little.
    const spacingOf = async () => {
      const first = await nextSlot(slots)
      for (let slot = 1; slot < 8; slot += 1) await nextSlot(slots)
      return ((await nextSlot(slots)) - first) / 8
    }
    await slots.setLimit('run', 600)
    await nextSlot(slots)
    expect(await spacingOf()).toSatisfy(near(100))
    await slots.setLimit('run', undefined)
    await nextSlot(slots)
    expect(await spacingOf()).toSatisfy(near(20))
  })

  test('of the limits of several runs the lowest holds for all, and each ends with its own run', async () => {
    const slots = open()()
    await slots.setLimit('one', 1_200)
    await slots.setLimit('two', 600)
    expect(await spacingAt(slots, { run: 'one', rpm: 6_000 })).toSatisfy(near(100))
    await slots.setLimit('two', undefined)
    expect(await spacingAt(slots, { run: 'one', rpm: 6_000 })).toSatisfy(near(50))
    expect(await spacingAt(slots, { run: 'other', rpm: 6_000 })).toSatisfy(near(50))
    expect(await spacingAt(slots, { run: 'other', rpm: 600 })).toSatisfy(near(100))
    // A higher limit is for the run that it was set for.
    await slots.setLimit('one', 12_000)
    expect(await spacingAt(slots, { run: 'other', rpm: 600 })).toSatisfy(near(100))
  })

  test('who waits for long can look meanwhile whether the run goes on, and leave', async () => {
    const slots = open()()
    const pacer = createPacer(slots)
    await slotOf(pacer, 6_000)
    await slots.hold({ ms: 300, slower: false }, 60_000)
    const order: number[] = []
    const places = [1, 2, 3].map(() => pacer.join({ run: 'run', rpm: 6_000 }, never))
    const [first, second, third] = places as [Place, Place, Place]
    expect(await Promise.all(places.map((place) => place.turn(10)))).toEqual(['wait', 'wait', 'wait'])
    // Who leaves takes no slot, and the others keep their places.
    second.leave()
    const others = [third, first].map(async (place) => {
      expect(await place.turn(60_000)).toBe('slot')
      order.push(place === first ? 1 : 3)
    })
    await Promise.all(others)
    expect(order).toEqual([1, 3])
  })

  test('a wall clock that is put back by an hour keeps nobody waiting, nor does one that is put forward', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    onTestFinished(() => void vi.useRealTimers())
    const pacer = createPacer(open()())
    await slotOf(pacer, 6_000)
    for (const byMs of [-3_600_000, 7_200_000, -3_600_000]) {
      vi.setSystemTime(Date.now() + byMs)
      const askedAt = performance.now()
      for (let slot = 0; slot < 3; slot += 1) await slotOf(pacer, 6_000)
      expect(performance.now() - askedAt).toBeLessThan(2_000)
    }
  })

  test('who no longer wants a slot neither waits for it nor takes it', async () => {
    const pacer = createPacer(open()())
    await slotOf(pacer, 60)
    const stop = new AbortController()
    const waiting = pacer.join({ run: 'run', rpm: 60 }, stop.signal).turn(60_000)
    stop.abort()
    await expect(waiting).rejects.toThrow('aborted')
  })
})

/** How far apart two slots are that are asked for in this way. */
async function spacingAt(slots: Slots, ask: { readonly run: string; readonly rpm: number }): Promise<number> {
  const times: number[] = []
  // At first the book makes up for the time before. Slots are taken ahead, so that no late timer has a say.
  while (times.length < 6) {
    const grant = await slots.take(ask, 60_000)
    if (grant.kind === 'go') times.push(performance.now() + grant.waitMs)
    else await new Promise((resolve) => setTimeout(resolve, grant.waitMs))
  }
  const [before = 0, last = 0] = times.slice(-2)
  return last - before
}

/** On a busy machine a word of Redis' takes a while. */
const near = (ms: number) => (measured: number) => Math.abs(measured - ms) < ms / 3

describe.skipIf(!hasRedis)('a book that Redis keeps', () => {
  test('has the limits that were set back, though it was lost, from whoever knows them', async () => {
    const slots = redisSlots(connection as Redis, 'limits', sameGeneration)
    await slots.setLimit('one', 600)
    await slots.take({ run: 'two', rpm: 60_000 }, 60_000)

    await (connection as Redis).del('limits')

    // A book that is lost begins a spacing further off than it ever goes.
    expect(await slots.take({ run: 'two', rpm: 60_000 }, 60_000)).toEqual({ kind: 'ask', waitMs: 100 })
    const others = redisSlots(connection as Redis, 'limits', sameGeneration)
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(await spacingAt(others, { run: 'three', rpm: 60_000 })).toSatisfy(near(100))
  })

  test('is lost with Redis, and begins anew so late that no slot is taken twice', async () => {
    const slots = redisSlots(connection as Redis, 'lost', sameGeneration)
    const first = await slots.take({ run: 'run', rpm: 10 }, 1_000)
    expect(first).toEqual({ kind: 'ask', waitMs: 100 })
    await new Promise((resolve) => setTimeout(resolve, 150))
    const second = await slots.take({ run: 'run', rpm: 10 }, 1_000)
    expect(second.kind).toBe('go')
    expect(second.waitMs).toBeLessThanOrEqual(LEAD_MS)
    await (connection as Redis).del('lost')
    expect((await slots.take({ run: 'run', rpm: 10 }, 1_000)).kind).toBe('ask')
  })

  test('is as good as lost where it came back with an old snapshot', async () => {
    let generation = 'one'
    const slots = redisSlots(connection as Redis, 'old', () => Promise.resolve(generation))
    await slots.take({ run: 'run', rpm: 10 }, 1_000)
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect((await slots.take({ run: 'run', rpm: 10 }, 1_000)).kind).toBe('go')

    generation = 'two'

    // Slots were taken at most so far ahead: the next one is a spacing behind them all.
    expect(await slots.take({ run: 'run', rpm: 10 }, 1_000)).toEqual({ kind: 'ask', waitMs: 100 })
  })
})

test.skipIf(!hasRedis)('a clock of Redis that is put back by an hour does not stop the lane', async () => {
  const slots = redisSlots(connection as Redis, 'back', sameGeneration)
  await slots.take({ run: 'run', rpm: 600 }, 60_000)
  await slots.hold({ ms: 30_000, slower: true }, 60_000)
  // The same as if the clock were put back: all that was noted lies an hour further ahead.
  for (const field of ['next', 'held', 'heldFrom', 'since'])
    await (connection as Redis).hincrbyfloat('back', field, 3_600_000)

  expect(await slots.held()).toBe(0)
  // At half the pace, slots are 200 ms apart.
  expect(await slots.take({ run: 'run', rpm: 600 }, 60_000)).toEqual({ kind: 'ask', waitMs: 200 })
})

const full = () => Promise.reject(new Error('OOM command not allowed'))

test('where no slot can be taken, nobody goes: the caller hears why', async () => {
  const pacer = createPacer({ take: full, hold: full, held: full, setLimit: full })
  await expect(pacer.join({ run: 'run', rpm: 600 }, never).turn(60_000)).rejects.toThrow('OOM')
})

test('a slot whose word came late is void, as all who waited for such words would go at once', async () => {
  const slots = localSlots()
  let asked = 0
  const pacer = createPacer({
    ...slots,
    async take(...wanted) {
      asked += 1
      // The broker is away for a while, with the second and third words on their way.
      if (asked === 2 || asked === 3) await new Promise((resolve) => setTimeout(resolve, 400))
      return slots.take(...wanted)
    },
  })
  await slotOf(pacer, 60_000)
  expect(asked).toBe(1)
  await slotOf(pacer, 60_000)
  expect(asked).toBe(4)
})

test('a slot that a busy process wakes too late for is void, but not one after the other', async () => {
  const slots = localSlots()
  let asked = 0
  const pacer = createPacer({
    ...slots,
    take(...wanted) {
      asked += 1
      if (asked > 1) setImmediate(keepBusy, 600)
      return slots.take(...wanted)
    },
  })
  await slotOf(pacer, 600)
  expect(asked).toBe(1)
  await slotOf(pacer, 600)
  expect(asked).toBe(3)
})

function keepBusy(ms: number): void {
  const until = performance.now() + ms
  while (performance.now() < until);
}
