import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { RollingWindow } from '../../src/simulator/rolling-window.ts'
import { Traffic } from '../../src/simulator/traffic.ts'
import { linking, member, setup } from './setup.ts'

const gaps = fc.array(fc.integer({ min: 0, max: 400 }), { maxLength: 300 })

test('No window of any position holds more admitted requests than the limit, and none is refused without need', () => {
  fc.assert(
    fc.property(gaps, fc.integer({ min: 0, max: 12 }), (steps, limit) => {
      const windowMs = 1000
      const traffic = new Traffic({ limits: { link: limit }, windowMs, recordArrivals: false })
      const admitted: number[] = []
      let at = 5000
      for (const step of steps) {
        at += step
        const within = admitted.filter((time) => time > at - windowMs).length
        const waitMs = traffic.admit(traffic.arrive('link', at))
        expect(waitMs === 0).toBe(within < limit)
        // Refused: until the oldest of the window leaves it.
        const oldest = admitted.find((time) => time > at - windowMs)
        expect(waitMs === 0 || oldest === undefined || at + waitMs === oldest + windowMs).toBe(true)
        if (waitMs === 0) admitted.push(at)
      }
      expect(traffic.lanes().link.throttled).toBe(steps.length - admitted.length)
    }),
  )
})

test('The highest count is that of the fullest window', () => {
  fc.assert(
    fc.property(gaps, (steps) => {
      const window = new RollingWindow(1000)
      const times: number[] = []
      let at = 0
      for (const step of steps) {
        at += step
        times.push(at)
        window.add(at)
      }
      const counts = times.map((end) => times.filter((time) => time > end - 1000 && time <= end).length)
      // Equal times stand in one window, whatever their order: the last of them sees them all.
      expect(window.highest).toBe(Math.max(0, ...counts))
    }),
  )
})

test('A full window answers 429 with the seconds until it has room, and counts by lane', async () => {
  let at = 1_800_000_000_000
  const { register, link, simulator } = await setup({ limits: { register: 2 }, knowsEveryone: true, now: () => at })
  expect((await register(member({ externalId: 'A' }))).status).toBe(200)
  at += 20_500
  expect((await register(member({ externalId: 'B' }))).status).toBe(200)
  const refused = await register(member({ externalId: 'C' }))
  expect(refused.status).toBe(429)
  expect(refused.headers.get('retry-after')).toBe('40')
  expect((await link(linking({ externalId: 'A' }))).status).toBe(200)
  at += 39_500
  expect((await register(member({ externalId: 'C' }))).status).toBe(200)
  expect((await register(member({ externalId: 'D' }))).status).toBe(429)
  expect(simulator.stats().lanes.register).toEqual({
    arrivals: 5,
    throttled: 2,
    firstAt: 1_800_000_000_000,
    lastAt: at,
    highest: 4,
    replies: { 200: 3, 429: 2 },
  })
  expect(simulator.stats().lanes.link).toMatchObject({ arrivals: 1, throttled: 0 })
})

test('Retry-After may be left out', async () => {
  const { register } = await setup({ limits: { register: 0 }, retryAfter: false })
  const refused = await register(member({ externalId: 'A' }))
  expect(refused.status).toBe(429)
  expect(refused.headers.has('retry-after')).toBe(false)
})
