import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { CredentialStatus } from '../../src/capillary/credential-status.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

function setup({ renewable = true } = {}) {
  const over: string[] = []
  const credentials = new CredentialStatus({
    renewable,
    onOver: (name) => over.push(name),
    now: () => performance.now(),
  })
  /** Requests that leave one millisecond apart. */
  const begin = (token: string, request: string) => {
    vi.advanceTimersByTime(1)
    return credentials.begin(token, request)
  }
  const refuse = (token: string, request: string) => credentials.refused(begin(token, request))
  const serve = (token: string, request: string) => credentials.served(begin(token, request))
  return { credentials, over, begin, refuse, serve }
}

describe('a token that has served', () => {
  test('is over with its first refusal, and what else was under way says the same', async () => {
    const { credentials, over, begin, serve } = setup()
    serve('t1', 'a')
    const [first, second, third] = [begin('t1', 'b'), begin('t1', 'c'), begin('t1', 'd')]
    const verdicts = [first, second, third].map((trial) => credentials.refused(trial))
    expect(over).toEqual(['t1'])
    expect(await Promise.all(verdicts)).toEqual([{ of: 'token' }, { of: 'token' }, { of: 'token' }])
    expect(credentials.isOpen()).toBe(true)
  })

  test('has not ended where a request that left later is served with it: the refusal is about the request', async () => {
    const { credentials, begin, serve } = setup()
    serve('t1', 'a')
    const [refused, other] = [begin('t1', 'b'), begin('t1', 'c')]
    const verdict = credentials.refused(refused)
    credentials.served(other)
    expect(await verdict).toEqual({ of: 'request' })
  })

  test('nor where that is known already: then it is not even given up', async () => {
    const { credentials, over, begin } = setup()
    const [refused, other] = [begin('t1', 'b'), begin('t1', 'c')]
    credentials.served(other)
    expect(await credentials.refused(refused)).toEqual({ of: 'request' })
    expect(over).toEqual([])
  })

  test('has ended for all that is known where the others under way say nothing of it', async () => {
    const { credentials, begin, serve } = setup()
    serve('t1', 'a')
    const [refused, other] = [begin('t1', 'b'), begin('t1', 'c')]
    const verdict = credentials.refused(refused)
    credentials.unclear(other)
    expect(await verdict).toEqual({ of: 'token' })
  })
})

describe('a request that is refused by one token after another', () => {
  test('is refused for what it is, where each of them served others', async () => {
    const { over, refuse, serve } = setup()
    serve('t1', 'a')
    expect(await refuse('t1', 'b')).toEqual({ of: 'token' })
    serve('t2', 'c')
    expect(await refuse('t2', 'b')).toEqual({ of: 'token', again: true })
    expect(await refuse('t3', 'b')).toEqual({ of: 'request' })
    // Nobody else is held up by it.
    expect(over).toEqual(['t1', 't2'])
  })

  test('says nothing where tokens are ended by others: one that was refused is served with the next', async () => {
    const { refuse, serve } = setup()
    serve('t1', 'a')
    await refuse('t1', 'b')
    await refuse('t1', 'c')
    serve('t2', 'c')
    expect(await refuse('t2', 'b')).toEqual({ of: 'token' })
    serve('t3', 'd')
    expect(await refuse('t3', 'b')).toEqual({ of: 'token', again: true })
  })

  test('nor where no later token served anybody: all may be refused', async () => {
    const { refuse, serve } = setup()
    serve('t1', 'a')
    await refuse('t1', 'b')
    await refuse('t1', 'c')
    for (const token of ['t2', 't3', 't4']) {
      const told = refuse(token, 'b')
      await vi.advanceTimersByTimeAsync(2_000)
      expect(await told).toMatchObject({ of: 'token' })
    }
  })

  test('is a verdict sooner where it is the only one, and an account that was served ended no token', async () => {
    const { refuse, serve } = setup()
    serve('t0', 'a')
    const told: unknown[] = []
    for (const token of ['t1', 't1', 't2', 't2', 't3', 't3', 't4', 't4']) {
      const refusal = refuse(token, 'b')
      await vi.advanceTimersByTimeAsync(8_000)
      told.push(await refusal)
    }
    expect(told).toEqual([...Array.from({ length: 7 }, () => ({ of: 'token' })), { of: 'account', sole: true }])
  })
})

describe('a token that never served', () => {
  test('may be accepted late: it is tried by one request at a time, for a while', async () => {
    const { credentials, over, begin, refuse } = setup()
    const verdict = refuse('t1', 'a')
    expect(credentials.isOpen()).toBe(false)
    expect(credentials.clearance()).toEqual({ kind: 'wait', ms: 200 })
    await vi.advanceTimersByTimeAsync(200)
    expect(await verdict).toEqual({ of: 'token' })
    expect(credentials.clearance()).toEqual({ kind: 'probe' })
    expect(credentials.clearance()).toMatchObject({ kind: 'wait' })
    credentials.served(begin('t1', 'a'))
    expect(credentials.clearance()).toEqual({ kind: 'open' })
    expect(over).toEqual([])
  })

  test('is over when it is still refused after that', async () => {
    const { credentials, over, refuse } = setup()
    void refuse('t1', 'a')
    await vi.advanceTimersByTimeAsync(200)
    expect(await refuse('t1', 'a')).toEqual({ of: 'token' })
    expect(over).toEqual(['t1'])
    // The next one is tried for longer.
    void refuse('t2', 'a')
    expect(credentials.clearance()).toEqual({ kind: 'wait', ms: 400 })
  })

  test('says nothing where another took its place meanwhile', async () => {
    const { credentials, over, begin } = setup()
    const trial = begin('t1', 'a')
    credentials.replace('t1')
    expect(await credentials.refused(trial)).toEqual({ of: 'token' })
    expect(over).toEqual([])
  })
})

/** Refuses requests with one token after the other, as whoever sends them would, until that is a verdict. */
async function refuseAll({ credentials, refuse }: ReturnType<typeof setup>, requestOf: (time: number) => string) {
  const startedAt = performance.now()
  for (let time = 0; time < 100; time += 1) {
    const clearance = credentials.clearance()
    if (clearance.kind === 'wait') await vi.advanceTimersByTimeAsync(clearance.ms)
    const verdict = refuse(`t${tokenAt(time)}`, requestOf(time))
    await vi.advanceTimersByTimeAsync(clearance.kind === 'wait' ? 0 : 1)
    const outcome = await Promise.race([verdict, Promise.resolve()])
    if (outcome?.of === 'account') return { outcome, tookMs: performance.now() - startedAt }
  }
  throw new Error('there was no verdict')
}

/** Each token is tried twice. */
const tokenAt = (time: number) => Math.floor(time / 2) + 1

describe('an account', () => {
  test('is refused where nobody was served with six tokens, which takes twelve seconds', async () => {
    const bundle = setup()
    const { outcome, tookMs } = await refuseAll(bundle, (time) => `row ${time}`)
    expect(outcome).toEqual({ of: 'account', sole: false })
    expect(bundle.over).toHaveLength(6)
    expect(tookMs).toBeGreaterThan(12_000)
    expect(tookMs).toBeLessThan(15_000)
  })

  test('that was served before has three times as many: its tokens may be ended by others', async () => {
    const bundle = setup()
    bundle.serve('t0', 'served')
    const { outcome, tookMs } = await refuseAll(bundle, (time) => `row ${time}`)
    expect(outcome).toEqual({ of: 'account', sole: false })
    expect(bundle.over).toHaveLength(18)
    expect(tookMs).toBeGreaterThan(36_000)
    expect(tookMs).toBeLessThan(42_000)
    // Who goes on after that has the patience of the beginning.
    expect((await refuseAll(bundle, (time) => `later ${time}`)).tookMs).toBeLessThan(15_000)
  })

  test('is refused for all that the last rows can tell, where there are no others to ask with', async () => {
    const { outcome } = await refuseAll(setup(), (time) => `row ${time % 2}`)
    expect(outcome).toEqual({ of: 'account', sole: true })
  })

  test('is not refused where one request is served now and then', async () => {
    const bundle = setup()
    await expect(
      refuseAll(bundle, (time) => {
        if (time % 8 === 7) bundle.serve(`t${tokenAt(time)}`, 'served')
        return `row ${time}`
      }),
    ).rejects.toThrow('no verdict')
  })

  test('with Basic credentials, which cannot be renewed, has them tried as long', async () => {
    const bundle = setup({ renewable: false })
    const { credentials, over, refuse } = bundle
    const startedAt = performance.now()
    let last: unknown
    for (let time = 0; time < 30 && last === undefined; time += 1) {
      const clearance = credentials.clearance()
      if (clearance.kind === 'wait') await vi.advanceTimersByTimeAsync(clearance.ms)
      void refuse('basic', `row ${time}`).then((outcome) => {
        if (outcome.of === 'account') last = outcome
      })
      await vi.advanceTimersByTimeAsync(0)
    }
    expect(last).toEqual({ of: 'account', sole: false })
    expect(performance.now() - startedAt).toBeGreaterThan(12_000)
    expect(over).toEqual([])
  })
})
