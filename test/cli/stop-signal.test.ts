import { afterEach, expect, test, vi } from 'vitest'
import { listenForStop } from '../../src/cli/stop-signal.ts'

afterEach(() => {
  vi.useRealTimers()
  process.removeAllListeners('SIGTERM')
})

test('a signal that comes twice within a second stops once, also where what it stopped is over by then', () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const told: string[] = []
  const stop = listenForStop(
    () => told.push('stop'),
    () => told.push('at once'),
  )
  process.emit('SIGTERM')
  expect(stop.signal.aborted).toBe(true)
  stop[Symbol.dispose]()
  vi.advanceTimersByTime(999)
  process.emit('SIGTERM')
  expect(told).toEqual(['stop'])
  vi.advanceTimersByTime(1)
  process.emit('SIGTERM')
  expect(told).toEqual(['stop', 'at once'])
})

test('whoever was not asked to stop no longer listens once it is over', () => {
  const before = process.listenerCount('SIGTERM')
  const stop = listenForStop(() => {})
  expect(process.listenerCount('SIGTERM')).toBe(before + 1)
  stop[Symbol.dispose]()
  expect(process.listenerCount('SIGTERM')).toBe(before)
})
