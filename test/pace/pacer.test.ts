import { expect, test } from 'vitest'
import { createPacer } from '../../src/pace/pacer.ts'

const never = new AbortController().signal

async function slotTimes(count: number, rpm: number): Promise<number[]> {
  const pacer = createPacer(rpm)
  const start = performance.now()
  const times: number[] = []
  await Promise.all(
    Array.from({ length: count }, async () => {
      await pacer.slot(never)
      times.push(performance.now() - start)
    }),
  )
  return times
}

test('slots are never closer together than the limit allows, however many ask at once', async () => {
  const rpm = 3_000
  const times = await slotTimes(60, rpm)
  for (const [index, time] of times.entries()) {
    // A timer of Node's may fire a millisecond early.
    expect(time).toBeGreaterThanOrEqual(index * (60_000 / rpm) - 1.5)
  }
})

test('while the lane is held nobody gets a slot, and afterwards they do not all go at once', async () => {
  const pacer = createPacer(3_000)
  const start = performance.now()
  pacer.hold(200)
  const times: number[] = []
  await Promise.all(
    Array.from({ length: 5 }, async () => {
      await pacer.slot(never)
      times.push(performance.now() - start)
    }),
  )
  expect(Math.min(...times)).toBeGreaterThanOrEqual(198)
  expect(Math.max(...times) - Math.min(...times)).toBeGreaterThanOrEqual(4 * 20 - 1.5)
})

test('who no longer wants the slot does not wait for it', async () => {
  const pacer = createPacer(1)
  await pacer.slot(never)
  const stop = new AbortController()
  const waiting = pacer.slot(stop.signal)
  stop.abort()
  await expect(waiting).rejects.toThrow('aborted')
})
