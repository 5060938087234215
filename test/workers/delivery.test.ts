import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { JobRow } from '../../src/broker/jobs.ts'
import type { ApiRequest, Exchange } from '../../src/capillary/exchange.ts'
import { deliverBatch } from '../../workers/deliver-batch.ts'
import type { DeliveryTools } from '../../workers/visit.ts'
import type { Answer } from '../../src/capillary/verdict.ts'
import type { Lane } from '../../src/lanes/lane.ts'
import { errors, fault, reply } from '../capillary/replies.ts'
import { linkedAll, setup } from './one-pass.ts'

const start = Date.parse('2026-11-22T00:00:00Z')

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'], now: start })
})
afterEach(() => {
  vi.useRealTimers()
})

const registerAll = ([row = 0]: readonly number[]) => reply(200, { createdId: row, warnings: [], sideEffects: [] })
const lost = fault('ECONNRESET', true)
const busy = reply(500, errors(521, 'Multiple actions are running'))
const existing = (_rows: readonly number[], { method }: ApiRequest) => {
  return method === 'POST' ? reply(500, errors(8006, 'Customer already exists')) : reply(200, { entity: 41 })
}

describe('the rows that a pass sends', () => {
  test('to the link lane are those due within a second, where any is due at all', async () => {
    const rows = [{}, { dueInMs: 1_000 }, { dueInMs: 1_001 }]
    const { deliver, sent } = await setup({ lane: 'link', rows, api: linkedAll })
    expect(await deliver()).toEqual({ kind: 'later', afterMs: 1_001 })
    expect(sent).toEqual([[1, 2]])
    const nothingDue = await setup({ lane: 'link', rows: rows.slice(1), api: linkedAll })
    expect(await nothingDue.deliver()).toEqual({ kind: 'later', afterMs: 1_000 })
    expect(nothingDue.sent).toEqual([])
  })

  test('to the register lane, which takes one at a time, are those that are due', async () => {
    const rows = [{}, { dueInMs: 0 }, { dueInMs: 1 }]
    const { deliver, sent } = await setup({ rows, api: registerAll })
    expect(await deliver()).toEqual({ kind: 'later', afterMs: 1 })
    expect(sent).toEqual([[1], [2]])
  })

  test('fill requests of fifty on the link lane', async () => {
    const rows = Array.from({ length: 101 }, () => ({}))
    const { deliver, sent } = await setup({ lane: 'link', rows, api: linkedAll })
    expect(await deliver()).toEqual({ kind: 'done' })
    expect(sent.map((carried) => carried.length)).toEqual([50, 50, 1])
  })
})

describe('an outcome', () => {
  test('says what the reply said, on which lane, when, and after how many requests', async () => {
    const { deliver, outcomes } = await setup({ rows: [{ sent: 2 }], api: () => registerAll([77]) })
    await deliver()
    expect(outcomes()).toEqual([
      {
        row: 1,
        lane: 'register',
        result: 'registered',
        status: 'ok',
        customerId: '77',
        warnings: [],
        sideEffects: [],
        attempts: 3,
        requestId: 'r-1',
        finishedAt: '2026-11-22T00:00:00.000Z',
        member: 1,
      },
    ])
  })

  test('counts the row’s first request as one, and its later ones as retries', async () => {
    const { deliver, traffic } = await setup({ rows: [{}, { sent: 1 }], api: registerAll })
    await deliver()
    expect(traffic()).toMatchObject([{ requests: 2, retries: 1, throttled: 0, firstAt: start, lastAt: start }])
  })

  test('counts a link request as one retry where any of its rows was sent before', async () => {
    const { deliver, traffic } = await setup({ lane: 'link', rows: [{}, { sent: 1 }, {}], api: linkedAll })
    await deliver()
    expect(traffic()).toMatchObject([{ requests: 1, retries: 1 }])
  })
})

describe('the requests of a row', () => {
  test('are told with when, what came, how long it took, and why it was not the last', async () => {
    let asked = 0
    const { batch, tools, attempts } = await setup({
      rows: [{}],
      api: (rows) => (++asked === 1 ? reply(503, 'Service Unavailable') : registerAll(rows)),
    })
    await deliverBatch(batch, tools)
    vi.advanceTimersByTime(60_000)
    await deliverBatch(batch, tools)
    const rest = { lane: 'register', batch: 1, rows: [1] }
    expect(attempts()).toMatchObject([
      { ...rest, at: start, status: 503, note: expect.stringContaining('503') },
      { ...rest, at: start + 60_000, status: 200, note: undefined },
    ])
  })

  test('are told for the first five, and for the one that brought the outcome', async () => {
    const { deliver, attempts, outcomes } = await setup({
      rows: [
        { sent: 4, attempts: 0 },
        { sent: 5, attempts: 0 },
        { sent: 9, attempts: 2 },
      ],
      api: () => reply(503, 'Service Unavailable'),
    })
    await deliver()
    expect(outcomes()).toMatchObject([{ row: 3, result: 'failed', attempts: 10 }])
    expect(attempts().map(({ rows }) => rows)).toEqual([[1], [3]])
  })

  test('are one for all the rows that a link request carries, and the look-up is told as such', async () => {
    const link = await setup({ lane: 'link', rows: [{}, {}, {}], api: linkedAll })
    await link.deliver()
    expect(link.attempts()).toMatchObject([{ lane: 'link', status: 200, rows: [1, 2, 3] }])
    const register = await setup({ rows: [{}], api: existing })
    await register.deliver()
    expect(register.attempts().map(({ lookUp }) => lookUp)).toEqual([true, undefined])
  })
})

describe('a member who exists under an id that the reply leaves out', () => {
  test('is looked up, and the look-up is counted as a request', async () => {
    const { deliver, outcomes, sent, traffic } = await setup({ rows: [{ sent: 1 }], api: existing })
    await deliver()
    expect(outcomes()).toMatchObject([{ result: 'exists', customerId: '41', attempts: 2 }])
    expect(outcomes()[0]).not.toHaveProperty('needsLookup')
    expect(outcomes()[0]).not.toHaveProperty('kind')
    expect(sent).toEqual([[1], '/v2/customers/lookup'])
    expect(traffic()).toMatchObject([{ requests: 2, retries: 1 }])
  })

  test('has an outcome without the id where the run is paused before the look-up', async () => {
    const { broker, deliver, outcomes, sent } = await setup({
      rows: [{}],
      api(...asked) {
        broker.state = 'parked'
        return existing(...asked)
      },
    })
    await deliver()
    expect(sent).toEqual([[1]])
    expect(outcomes()).toMatchObject([{ result: 'exists', customerId: undefined }])
  })

  test('is looked up when the API lets look-ups through again: that holds the lane, and costs no try', async () => {
    let asked = 0
    const { batch, outcomes, tools, traffic } = await setup({
      rows: [{}],
      api: (...request) =>
        request[1].method === 'GET' && (asked += 1) <= 5
          ? reply(429, errors(429, 'Too many requests'), { 'retry-after': '0' })
          : existing(...request),
    })
    const held: unknown[] = []
    const pacer: DeliveryTools['pacer'] = {
      ...tools.pacer,
      hold: (...hold) => (held.push(hold), tools.pacer.hold(...hold)),
    }
    await deliverBatch(batch, { ...tools, pacer })
    expect(outcomes()).toMatchObject([{ result: 'exists', customerId: '41' }])
    expect(held).toEqual(Array.from({ length: 5 }, () => [0, { slower: true }]))
    expect(traffic()).toMatchObject([{ requests: 7, throttled: 5, results: { throttled: 5 } }])
  })

  test('is not looked up where the reply names the id', async () => {
    const { deliver, outcomes, sent } = await setup({
      rows: [{}],
      api: () => reply(500, errors(8006, 'Customer already exists with id 9')),
    })
    await deliver()
    expect(sent).toEqual([[1]])
    expect(outcomes()).toMatchObject([{ customerId: '9' }])
  })
})

describe('no further request leaves', () => {
  test('once the job is somebody else’s', async () => {
    const { broker, deliver, sent, batch } = await setup({ rows: [{}, {}], api: registerAll })
    broker.isOurs = false
    expect(await deliver()).toEqual({ kind: 'done' })
    expect(sent).toEqual([])
    expect(batch.row(1)).toMatchObject({ sent: 0 })
  })

  test('of a run that was cancelled, whose job is done with', async () => {
    const { broker, deliver, sent } = await setup({ rows: [{}], api: registerAll })
    broker.state = 'cancelled'
    expect(await deliver()).toEqual({ kind: 'done' })
    expect(sent).toEqual([])
  })

  test('once the worker closes, and the rows stay for another', async () => {
    const { closing, deliver, open, sent } = await setup({ rows: [{}, { dueInMs: 7 }], api: registerAll })
    closing.abort()
    expect(await deliver()).toEqual({ kind: 'later', afterMs: 0 })
    expect(sent).toEqual([])
    expect(open()).toMatchObject([
      { row: 1, sent: 0 },
      { row: 2, sent: 0 },
    ])
  })

  test('of a run that was paused while the broker was away, as the slot has passed by then', async () => {
    const { broker, deliver, open, sent } = await setup({ rows: [{}], api: registerAll })
    broker.onMark = () => {
      vi.advanceTimersByTime(10_000)
      broker.state = 'parked'
    }
    expect(await deliver()).toEqual({ kind: 'parked' })
    expect(sent).toEqual([])
    expect(open()).toMatchObject([{ sent: 0 }])
  })

  test('but one whose slot has only just come', async () => {
    const { broker, deliver, sent } = await setup({ rows: [{}], api: registerAll })
    broker.onMark = () => {
      vi.advanceTimersByTime(100)
      broker.state = 'parked'
    }
    expect(await deliver()).toEqual({ kind: 'done' })
    expect(sent).toEqual([[1]])
  })

  test('once the credentials get no token: the run halts with its remedy, and its rows are untouched', async () => {
    const denied: Exchange = { kind: 'denied', status: 401, message: 'no token for these', latencyMs: 1 }
    const { deliver, notices, open, outcomes } = await setup({ rows: [{}, {}], api: () => denied })
    expect(await deliver()).toEqual({ kind: 'parked' })
    expect(outcomes()).toEqual([])
    expect(open()).toMatchObject([{ row: 1, attempts: 0 }, { row: 2 }])
    expect(notices[0]).toEqual({
      run: 'run',
      notice: { kind: 'halt', lane: 'register', reason: 'no token for these', remedy: expect.stringMatching(/./) },
    })
  })
})

describe('a row without an answer', () => {
  test('has one attempt less after its first failure', async () => {
    const { deliver, open } = await setup({ rows: [{}], api: () => lost })
    expect(await deliver()).toMatchObject({ kind: 'later' })
    expect(open()).toMatchObject([{ attempts: 1, sent: 1, ambiguous: true, failed: true, failingForMs: 0 }])
  })

  test('has none less where nobody else got an answer since either', async () => {
    const failed = { attempts: 2, failed: true, failingForMs: 5_000, sent: 2 }
    const alone = await setup({ rows: [failed], api: () => lost })
    await alone.deliver()
    expect(alone.open()).toMatchObject([{ attempts: 2 }])
    const others = await setup({ rows: [failed], api: () => lost })
    vi.advanceTimersByTime(1)
    others.health.report({ kind: 'answered' }, performance.now())
    await others.deliver()
    expect(others.open()).toEqual([])
    expect(others.outcomes()).toMatchObject([{ result: 'failed', attempts: 3 }])
  })

  test('has none less in an outage, however often its job is put back', async () => {
    let rows: readonly Partial<JobRow>[] = [{ attempts: 1, failed: true, sent: 1 }]
    for (const sent of [2, 3, 4, 5]) {
      const { deliver, open } = await setup({ rows, api: () => lost })
      await deliver()
      expect(open()).toMatchObject([{ attempts: 1, sent }])
      rows = open().map((row) => ({ ...row, dueInMs: 0 }))
    }
  })

  test('that is its own trouble, and not the host’s, has one less whatever others meet', async () => {
    const { deliver, open } = await setup({ rows: [{ attempts: 1, failingForMs: 5_000 }], api: () => busy })
    await deliver()
    expect(open()).toMatchObject([{ attempts: 2 }])
  })

  test('waits before it is sent again, up to twice as long each time', async () => {
    const random = vi.spyOn(Math, 'random').mockReturnValue(0.5)
    const { deliver, open } = await setup({ rows: [{ attempts: 0 }, { attempts: 1 }], api: () => lost })
    expect(await deliver()).toEqual({ kind: 'later', afterMs: 500 })
    random.mockRestore()
    expect(open()).toMatchObject([{ dueInMs: 500 }, { dueInMs: 1_000 }])
  })

  test('is news of the host’s health, as is a row with one', async () => {
    const { changes, deliver, health } = await setup({ rows: Array.from({ length: 5 }, () => ({})), api: () => lost })
    await deliver()
    expect(health.isOpen()).toBe(false)
    expect(changes).toEqual([{ down: true, refused: false, reason: 'it broke (ECONNRESET)', since: start }])
    const rows = Array.from({ length: 6 }, () => ({}))
    const mixed = await setup({ rows, api: ([row = 0]) => (row === 3 ? busy : lost) })
    await mixed.deliver()
    expect(mixed.health.isOpen()).toBe(true)
    expect(mixed.health.hasAnswered()).toBe(true)
  })

  test('in a link request leaves all of its rows due again', async () => {
    const { deliver, open } = await setup({ lane: 'link', rows: [{}, {}], api: () => lost })
    await deliver()
    expect(open()).toMatchObject([
      { row: 1, attempts: 1, ambiguous: true },
      { row: 2, attempts: 1, ambiguous: true },
    ])
  })
})

describe('a link request that is refused as a whole', () => {
  const refused = reply(400, errors(400, 'Input is invalid, Please check request parameters'))

  test('goes out again at once in two halves, the first one the larger, and these in order', async () => {
    const { deliver, outcomes, sent } = await setup({
      lane: 'link',
      rows: [{}, {}, {}, {}, {}],
      api: (rows) => (rows.includes(2) ? refused : linkedAll(rows)),
    })
    expect(await deliver()).toEqual({ kind: 'done' })
    expect(sent).toEqual([[1, 2, 3, 4, 5], [1, 2, 3], [1, 2], [1], [2], [3], [4, 5]])
    expect(outcomes().map(({ row, result, attempts }) => [row, result, attempts])).toEqual([
      [1, 'linked', 4],
      [2, 'rejected', 4],
      [3, 'linked', 3],
      [4, 'linked', 2],
      [5, 'linked', 2],
    ])
  })

  test('goes on with its second half alone, where a row of the first half waits for another attempt', async () => {
    const { deliver, open, sent } = await setup({
      lane: 'link',
      rows: [{}, {}],
      api: (rows) => (rows.length > 1 ? refused : rows.includes(1) ? busy : linkedAll(rows)),
    })
    expect(await deliver()).toMatchObject({ kind: 'later' })
    expect(sent).toEqual([[1, 2], [1], [2]])
    expect(open()).toMatchObject([{ row: 1, attempts: 1 }])
  })

  test('is not sent on once one half has met what stops the run', async () => {
    const denied: Exchange = { kind: 'denied', status: 401, message: 'no token for these', latencyMs: 1 }
    const { deliver, sent } = await setup({
      lane: 'link',
      rows: [{}, {}],
      api: (rows) => (rows.length > 1 ? refused : denied),
    })
    expect(await deliver()).toEqual({ kind: 'parked' })
    expect(sent).toEqual([[1, 2], [1]])
  })

  test('is not sent on in halves once the run is paused', async () => {
    const { broker, deliver, sent, open } = await setup({
      lane: 'link',
      rows: [{}, {}],
      api() {
        broker.state = 'parked'
        return refused
      },
    })
    expect(await deliver()).toEqual({ kind: 'parked' })
    expect(sent).toEqual([[1, 2]])
    expect(open()).toMatchObject([{ attempts: 0 }, { attempts: 0 }])
  })
})

describe('a lane that breaks its word fails the pass, and its rows stay in the job', () => {
  test.each<{ word: string; answer: Answer; message: string }>([
    {
      word: 'a verdict for each row',
      answer: { kind: 'rows', verdicts: [] },
      message: 'row 1 has no verdict, or had one before',
    },
    {
      word: 'a verdict for a row that stands alone',
      answer: { kind: 'refused', reason: 'no' },
      message: 'a request of one row was refused as a whole, which is no verdict on the row',
    },
  ])('$word', async ({ answer, message }) => {
    const { batch, open, tools } = await setup({ rows: [{}], api: () => lost })
    const lane: Lane = { ...tools.lane, read: () => answer }
    await expect(deliverBatch(batch, { ...tools, lane })).rejects.toThrow(message)
    expect(open()).toHaveLength(1)
  })
})
