import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { BatchJob, Delivery, JobRow, SendMarks } from '../../src/broker/jobs.ts'
import { HeldBatch } from '../../workers/held-batch.ts'
import { outcome } from '../ledger/samples.ts'

const start = Date.parse('2026-11-22T00:00:00Z')

beforeEach(() => {
  vi.useFakeTimers({ now: start })
})
afterEach(() => {
  vi.useRealTimers()
})

const jobRow = (row: number, more: Partial<JobRow> = {}): JobRow => {
  return { row, request: { body: { id: row } }, sent: 0, attempts: 0, ...more }
}

/** A job in a broker that can lose it, and all that is done to it, in order. */
function setup(given: Partial<BatchJob> = {}, marks?: SendMarks) {
  const acts: (
    | { readonly kind: 'saved'; readonly data: BatchJob }
    | { readonly kind: 'marked'; readonly marks: SendMarks }
    | { readonly kind: 'published'; readonly delivery: Delivery }
  )[] = []
  const broker = { isOurs: true, isAway: false }
  let data: BatchJob = {
    run: 'run',
    lane: 'register',
    batch: 1,
    pass: 4,
    settings: { onExists: 'ok', retryAttempts: 3, retryForMs: 60_000, outageMs: 60_000 },
    rows: [1, 2, 3].map((row) => jobRow(row)),
    ...given,
  }
  const stored = {
    get data() {
      return data
    },
    marks,
    async save(next: BatchJob) {
      data = next
      acts.push({ kind: 'saved', data: structuredClone(next) })
      return broker.isOurs
    },
    async mark(next: SendMarks) {
      acts.push({ kind: 'marked', marks: structuredClone(next) })
      return broker.isOurs
    },
  }
  const publish = async (delivery: Delivery) => {
    if (broker.isAway) throw new Error('the broker is away')
    acts.push({ kind: 'published', delivery })
  }
  const published = () => acts.flatMap((act) => (act.kind === 'published' ? [act.delivery] : []))
  const marked = () => acts.flatMap((act) => (act.kind === 'marked' ? [act.marks] : []))
  return { acts, broker, stored, published, marked, take: () => HeldBatch.take(stored, publish) }
}

describe('a batch that is taken over', () => {
  test('publishes first what its last holder could not', async () => {
    const outbox: Delivery = { id: 'd1', outcomes: [outcome(9)], traffic: [] }
    const { take, published } = setup({ outbox })
    await take()
    expect(published()).toEqual([outbox])
  })

  test('counts a request as sent, its reply lost, for each row that was marked in the pass that was cut off', async () => {
    const { take } = setup({ rows: [jobRow(1, { sent: 2 }), jobRow(2)] }, { pass: 4, rows: [1, 7], since: 1_000 })
    const batch = await take()
    expect(batch.row(1)).toEqual(jobRow(1, { sent: 3, ambiguous: true, firstSentAt: 1_000 }))
    expect(batch.row(2)).toEqual(jobRow(2))
    expect(batch.row(7)).toBeUndefined()
  })

  test('leaves alone the rows that were marked in a pass that ended in order', async () => {
    const { take } = setup({}, { pass: 3, rows: [1, 2] })
    const batch = await take()
    expect([1, 2, 3].map((row) => batch.row(row))).toEqual([1, 2, 3].map((row) => jobRow(row)))
  })

  test('tells the marks it found again with its own, should it be cut off as well', async () => {
    const { take, marked } = setup({}, { pass: 4, rows: [3, 7], since: 1_000 })
    const batch = await take()
    await batch.mark([jobRow(1)])
    expect(marked()).toEqual([{ pass: 4, rows: [3, 1], since: 1_000 }])
  })

  test('has the rows due that have no time or whose time has come', async () => {
    const { take } = setup({ rows: [jobRow(1), jobRow(2, { dueInMs: 10 }), jobRow(3, { dueInMs: 11 })] })
    const batch = await take()
    const now = performance.now()
    expect(batch.dueBy(now + 10).map(({ row }) => row)).toEqual([1, 2])
    expect(batch.dueBy(now).map(({ row }) => row)).toEqual([1])
  })

  test('has waited for what it was put back for, however long it took, and whatever the wall clock says by now', async () => {
    const rows = [jobRow(1, { dueInMs: 10 }), jobRow(2, { dueInMs: 25, failed: true, failingForMs: 700 })]
    const { take } = setup({ rows, putBackForMs: 10 })
    vi.setSystemTime(start - 3_600_000)
    const batch = await take()
    const now = performance.now()
    expect(batch.dueBy(now).map(({ row }) => row)).toEqual([1])
    expect(batch.dueBy(now + 15).map(({ row }) => row)).toEqual([1, 2])
    expect(batch.row(2)).toMatchObject({ failingSince: now - 710, failedAt: now })
  })
})

describe('marks', () => {
  test('that come while others are told are told together', async () => {
    const { take, marked } = setup()
    const batch = await take()
    const first = batch.mark([jobRow(1)])
    await Promise.resolve()
    expect(await Promise.all([first, batch.mark([jobRow(2)]), batch.mark([jobRow(3)])])).toEqual([true, true, true])
    expect(marked().map(({ rows }) => rows)).toEqual([[1], [1, 2, 3]])
  })

  test('on a job that is somebody else’s are refused', async () => {
    const { take, broker } = setup()
    const batch = await take()
    broker.isOurs = false
    expect(await batch.mark([jobRow(1)])).toBe(false)
  })
})

describe('answers', () => {
  test('gather for 200 ms, and are saved in the job before they are published', async () => {
    const { take, acts, published } = setup()
    const batch = await take()
    batch.answer(outcome(1))
    await vi.advanceTimersByTimeAsync(199)
    batch.answer(outcome(3))
    expect(acts).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(acts.map(({ kind }) => kind)).toEqual(['saved', 'published'])
    expect(acts[0]).toMatchObject({ data: { rows: [jobRow(2)], outbox: { outcomes: [outcome(1), outcome(3)] } } })
    expect(published()).toMatchObject([{ outcomes: [outcome(1), outcome(3)] }])
    batch.answer(outcome(2))
    await vi.advanceTimersByTimeAsync(200)
    expect(published().map(({ outcomes }) => outcomes.map(({ row }) => row))).toEqual([[1, 3], [2]])
    expect(new Set(published().map(({ id }) => id)).size).toBe(2)
  })

  test('that could not be published fail the pass, which leaves them in the job', async () => {
    const { take, broker, stored } = setup()
    const batch = await take()
    broker.isAway = true
    batch.answer(outcome(1))
    await vi.advanceTimersByTimeAsync(200)
    await expect(batch.end({ parked: false })).rejects.toThrow('the broker is away')
    expect(stored.data.outbox?.outcomes).toEqual([outcome(1)])
    expect(stored.data.pass).toBe(4)
  })
})

describe('the end of a pass', () => {
  test('publishes what is left, once', async () => {
    const { take, published } = setup({ rows: [jobRow(1)] })
    const batch = await take()
    batch.answer(outcome(1))
    expect(await batch.end({ parked: false })).toEqual({ kind: 'done' })
    expect(vi.getTimerCount()).toBe(0)
    expect(published().map(({ outcomes }) => outcomes)).toEqual([[outcome(1)]])
  })

  test('hands the job back with its open rows, until the first of them is due', async () => {
    const { take, stored, published } = setup()
    const batch = await take()
    batch.answer(outcome(1))
    const now = performance.now()
    batch.update({ ...jobRow(2), dueAt: now + 500, failingSince: now - 40, failedAt: now })
    batch.update({ ...jobRow(3), dueAt: now + 300 })
    expect(await batch.end({ parked: false })).toEqual({ kind: 'later', afterMs: 300 })
    expect(stored.data).toMatchObject({
      pass: 5,
      parked: false,
      putBackForMs: 300,
      rows: [jobRow(2, { dueInMs: 500, failed: true, failingForMs: 40 }), jobRow(3, { dueInMs: 300 })],
    })
    expect(stored.data.outbox).toBeUndefined()
    expect(published()).toHaveLength(1)
  })

  test('hands a row without a time back for now, and publishes nothing where nothing was done', async () => {
    const { take, acts } = setup()
    const batch = await take()
    expect(await batch.end({ parked: false })).toEqual({ kind: 'later', afterMs: 0 })
    expect(acts.map(({ kind }) => kind)).toEqual(['saved'])
  })

  test('parks the job, if it has rows left', async () => {
    const { take, stored } = setup({ rows: [jobRow(1)] })
    const batch = await take()
    expect(await batch.end({ parked: true })).toEqual({ kind: 'parked' })
    expect(stored.data).toMatchObject({ parked: true, pass: 5, rows: [jobRow(1)] })
  })

  test('gives up a job that became somebody else’s', async () => {
    const { take, broker } = setup()
    const batch = await take()
    broker.isOurs = false
    expect(await batch.end({ parked: true })).toEqual({ kind: 'done' })
    expect(await batch.end({ parked: false })).toEqual({ kind: 'done' })
  })
})

describe('the traffic of a batch', () => {
  test('is told with the answers, each request once', async () => {
    const { take, published } = setup()
    const batch = await take()
    batch.countRequest({ at: start + 1, retry: false, result: 'retried' })
    batch.countRequest({ at: start + 1_007, retry: true, result: 'ok' })
    batch.countThrottled()
    await batch.publish()
    batch.countRequest({ at: start + 1_009, retry: true, result: 'ok' })
    await batch.publish()
    await batch.publish()
    const second = start / 1000
    expect(published().flatMap(({ traffic }) => traffic)).toEqual([
      {
        lane: 'register',
        requests: 2,
        retries: 1,
        throttled: 1,
        firstAt: start + 1,
        lastAt: start + 1_007,
        seconds: { [second]: 1, [second + 1]: 1 },
        results: { retried: 1, ok: 1 },
      },
      {
        lane: 'register',
        requests: 1,
        retries: 1,
        throttled: 0,
        firstAt: start + 1_009,
        lastAt: start + 1_009,
        seconds: { [second + 1]: 1 },
        results: { ok: 1 },
      },
    ])
  })

  test('is told with its attempts, once, though there be no answer yet', async () => {
    const { take, published } = setup()
    const batch = await take()
    const attempt = { at: start, tookMs: 80, status: 503, rows: [1] }
    batch.noteAttempt(attempt)
    await batch.publish()
    await batch.publish()
    expect(published().map(({ attempts }) => attempts)).toEqual([[{ lane: 'register', batch: 1, ...attempt }]])
  })

  test('counts a refusal because of the pace that came after its request was told', async () => {
    const { take, published } = setup()
    const batch = await take()
    batch.countThrottled()
    await batch.publish()
    expect(published().map(({ traffic }) => traffic)).toMatchObject([[{ requests: 0, throttled: 1 }]])
  })
})
