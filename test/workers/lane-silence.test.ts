import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Exchange } from '../../src/capillary/exchange.ts'
import { type Silence, watchSilence } from '../../workers/lane-silence.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const answer: Exchange = { kind: 'reply', status: 200, text: '{}', headers: {}, requestId: undefined, latencyMs: 1 }
const timeout: Exchange = { kind: 'fault', code: 'ETIMEDOUT', message: '', maybeSent: true, latencyMs: 60_000 }

function setUp(tokenAskedAt: () => number | undefined = () => undefined) {
  const told: Silence[] = []
  const silence = watchSilence({ tokenAskedAt, onSilent: (each) => told.push(each), now: () => Date.now() })
  const send = () => {
    const { promise, resolve } = Promise.withResolvers<Exchange>()
    void silence.watch(promise)
    return resolve
  }
  return { told, send, silence }
}

test('a lane on which something is answered now and then is not silent, however long one request takes', async () => {
  const { told, send, silence } = setUp()
  send()
  for (let second = 0; second < 60; second += 5) {
    const end = send()
    await vi.advanceTimersByTimeAsync(5_000)
    end(answer)
  }
  expect(told).toEqual([])
  silence.close()
})

test('nothing that is answered for seconds is told within ten of them, and again after a minute alone', async () => {
  const { told, send, silence } = setUp()
  const end = send()
  await vi.advanceTimersByTimeAsync(10_000)
  expect(told).toEqual([{ forMs: expect.any(Number) as number, token: false }])
  end(timeout)
  send()
  await vi.advanceTimersByTimeAsync(40_000)
  expect(told).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(30_000)
  expect(told).toHaveLength(2)
  silence.close()
})

test('a token that is asked for and does not come is told', async () => {
  const askedAt = Date.now()
  const { told, silence } = setUp(() => askedAt)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(told).toEqual([{ forMs: expect.any(Number) as number, token: true }])
  silence.close()
})

test('a lane that is not used is not silent', async () => {
  const { told, silence } = setUp()
  await vi.advanceTimersByTimeAsync(600_000)
  expect(told).toEqual([])
  silence.close()
})
