import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { BatchJob, Delivery, JobRow, Notice, SendMarks } from '../../src/broker/jobs.ts'
import type { ApiRequest, Exchange, Reply } from '../../src/capillary/exchange.ts'
import { laneNamed } from '../../src/lanes/lanes.ts'
import type { LinkRequest } from '../../src/lanes/link/link-request.ts'
import type { Json, LaneName, Outcome } from '../../src/model.ts'
import { type Pacer, createPacer } from '../../src/pace/pacer.ts'
import { localSlots } from '../../src/pace/slots.ts'
import { deliverBatch } from '../../workers/deliver-batch.ts'
import type { DeliveryTools } from '../../workers/visit.ts'
import { HeldBatch, type PassEnd } from '../../workers/held-batch.ts'
import { createLaneHealth } from '../../workers/lane-health.ts'
import { runPatience } from '../../workers/run-patience.ts'
import { served } from './one-pass.ts'

/** What a request meets, in the order of requests; beyond the list all is well. */
type Weather = 'well' | 'lostBefore' | 'lostAfter' | 'gateway' | 'busy'

class Crash extends Error {}

/** An API with members and links, and a wire on which replies get lost. */
class Api {
  readonly registered = new Map<string, number>()
  readonly links = new Map<string, number>()
  /** Rows by their number, each time that one arrived. */
  readonly arrivals: number[] = []
  requests = 0
  /** So many requests come with a token that has ended. */
  stale = 0
  readonly #weather: Weather[]
  readonly #poison: ReadonlySet<string>

  constructor(weather: readonly Weather[] = [], poison: readonly string[] = []) {
    this.#weather = [...weather]
    this.#poison = new Set(poison)
  }

  answer({ body }: ApiRequest): Exchange {
    this.requests += 1
    if (this.stale > 0) {
      this.stale -= 1
      return stale
    }
    const weather = this.#weather.shift() ?? 'well'
    if (weather === 'lostBefore') return lost
    if (weather === 'gateway') return reply(502, '<html>Bad gateway</html>')
    if (weather === 'busy')
      return reply(500, { errors: [{ status: false, code: 521, message: 'Multiple actions are running' }] })
    const exchange = isLinkBody(body)
      ? this.#link(body.linkCustomers)
      : this.#register(String((body as { id: number }).id))
    return weather === 'lostAfter' ? lost : exchange
  }

  #register(id: string): Exchange {
    this.arrivals.push(Number(id))
    const known = this.registered.get(id)
    if (known !== undefined) {
      return reply(500, {
        errors: [
          {
            status: false,
            code: 8006,
            message: `Add failed, Customer already exists with id ${known} for same source`,
          },
        ],
      })
    }
    this.registered.set(id, 500_000 + this.registered.size)
    return reply(200, { createdId: this.registered.get(id) ?? 0, warnings: [], sideEffects: [] })
  }

  #link(customers: readonly LinkRequest[]): Exchange {
    const ids = customers.map(({ customer }) => customer['externalId'] as string)
    this.arrivals.push(...ids.map(Number))
    if (ids.some((id) => this.#poison.has(id))) {
      return reply(400, {
        errors: [{ status: false, code: 400, message: 'Input is invalid, Please check request parameters' }],
      })
    }
    const linked = customers.map(({ customer, linkToPartnerPrograms }, at) => ({
      customer: { ...customer, id: at + 1, status: { status: true, code: 1000, message: 'found' } },
      linkToPartnerPrograms: linkToPartnerPrograms.map((program) => {
        const { partnerProgramName } = program as { partnerProgramName: string }
        const key = `${ids[at]} ${partnerProgramName}`
        const times = this.links.get(key) ?? 0
        this.links.set(key, times + 1)
        return times === 0
          ? { partnerProgramName, partnerLinkStatus: { status: true, code: 200, message: 'Success' } }
          : {
              partnerProgramName,
              partnerLinkStatus: {
                status: false,
                code: 2005,
                message: 'Customer is already linked with the partner program',
              },
            }
      }),
    }))
    return reply(200, { linkCustomers: linked, warnings: [] })
  }
}

const stale: Exchange = { kind: 'unauthorized', of: 'token', message: 'HTTP 401', latencyMs: 1 }
const lost: Exchange = {
  kind: 'fault',
  code: 'ECONNRESET',
  message: 'the connection was reset',
  maybeSent: true,
  latencyMs: 1,
}

function reply(status: number, body: Json | string): Reply {
  return {
    kind: 'reply',
    status,
    headers: {},
    text: typeof body === 'string' ? body : JSON.stringify(body),
    requestId: 'id',
    latencyMs: 1,
  }
}

function isLinkBody(body: Json | undefined): body is { linkCustomers: readonly (LinkRequest & Json)[] } & Json {
  return typeof body === 'object' && body !== null && 'linkCustomers' in body
}

/** The parts of a broker and a ledger that a batch touches, and a process that can die between any two of its acts. */
function setup(lane: LaneName, rows: number, api: Api) {
  const job: { data: BatchJob; marks: SendMarks | undefined } = {
    marks: undefined,
    data: {
      run: 'run',
      lane,
      batch: 1,
      pass: 0,
      settings: { onExists: 'ok', retryAttempts: 30, retryForMs: 3_600_000, outageMs: 3_600_000 },
      rows: Array.from({ length: rows }, (_, at): JobRow => ({
        row: at + 1,
        sent: 0,
        attempts: 0,
        request: requestOf(lane, at + 1),
      })),
    },
  }
  const ledger = new Map<number, Outcome>()
  const recorded = new Set<string>()
  const notices: Notice[] = []
  const counted = { requests: 0, slots: 0 }
  const record = ({ id, outcomes, traffic }: Delivery) => {
    if (recorded.has(id)) return
    recorded.add(id)
    for (const { requests } of traffic) counted.requests += requests
    for (const outcome of outcomes) if (!ledger.has(outcome.row)) ledger.set(outcome.row, outcome)
  }

  /** One process takes the job. It dies before its act of that number. */
  async function work(diesBefore = Infinity, state: 'running' | 'parked' = 'running'): Promise<PassEnd | 'died'> {
    let acts = 0
    const act = <T>(what: () => T): Promise<T> => {
      acts += 1
      return acts < diesBefore ? Promise.resolve(what()) : Promise.reject(new Crash())
    }
    const stored = {
      get data() {
        return job.data
      },
      get marks() {
        return job.marks
      },
      save: (data: BatchJob) => act(() => ((job.data = structuredClone(data)), true)),
      mark: (marks: SendMarks) => act(() => ((job.marks = structuredClone(marks)), true)),
    }
    const tools: DeliveryTools = {
      lane: laneNamed(lane),
      pacer: countSlots(createPacer(localSlots()), counted),
      pacerOf: () => createPacer(localSlots()),
      batchSizes: { most: () => undefined, learn: async () => {} },
      health: createLaneHealth(() => {}),
      account: served,
      latenessOf: () => 0,
      heard: new WeakSet(),
      tell: () => {},
      signal: new AbortController().signal,
      runState: () => Promise.resolve(state),
      notify: (_run, notice) => act(() => void notices.push(notice)),
      patience: runPatience(),
      // The request is carried out although its sender dies before the reply.
      send: (request) => act(() => api.answer(request)).then((exchange) => act(() => exchange)),
    }
    try {
      const batch = await HeldBatch.take(stored, (delivery) => act(() => record(delivery)))
      return await deliverBatch(batch, tools)
    } catch (error) {
      if (error instanceof Crash) return 'died'
      throw error
    }
  }

  async function workToTheEnd(): Promise<void> {
    for (let passes = 1; passes <= 1_000; passes += 1) {
      const end = await work()
      if (end !== 'died' && end.kind === 'done') return
      vi.advanceTimersByTime(120_000)
    }
    throw new Error('after a thousand passes the batch still has rows')
  }

  return { job, ledger, notices, counted, work, workToTheEnd }
}

function countSlots(pacer: Pacer, counted: { slots: number }): Pacer {
  return {
    ...pacer,
    join: (...wanted) => {
      counted.slots += 1
      return pacer.join(...wanted)
    },
  }
}

function requestOf(lane: LaneName, row: number): JobRow['request'] {
  if (lane === 'register') return { body: { id: row } }
  const programs = row % 3 === 0 ? ['one', 'two'] : ['one']
  return {
    customer: { externalId: String(row) },
    linkToPartnerPrograms: programs.map((partnerProgramName) => ({ partnerProgramName })),
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const weather = fc.array(fc.constantFrom<Weather>('well', 'well', 'lostBefore', 'lostAfter', 'gateway', 'busy'), {
  maxLength: 30,
})
const deaths = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 6 })

describe.each<{ lane: LaneName; done: string }>([
  { lane: 'register', done: 'registered' },
  { lane: 'link', done: 'linked' },
])('a batch of the $lane lane, whatever the wire does and whenever its worker dies', ({ lane, done }) => {
  test('gives every row one outcome that never changes, and no row with an outcome is sent again', async () => {
    await fc.assert(
      fc.asyncProperty(weather, deaths, fc.integer({ min: 1, max: 12 }), async (skies, dying, rows) => {
        const api = new Api(skies)
        const { job, ledger, work, workToTheEnd } = setup(lane, rows, api)
        for (const diesBefore of dying) {
          const finished = new Map(ledger)
          const from = api.arrivals.length
          await work(diesBefore)
          vi.advanceTimersByTime(120_000)
          expect(api.arrivals.slice(from).filter((row) => finished.has(row))).toEqual([])
          for (const [row, outcome] of finished) expect(ledger.get(row)).toBe(outcome)
        }
        await workToTheEnd()
        expect(job.data.rows).toEqual([])
        expect([...ledger.keys()].toSorted((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, at) => at + 1))
        // All members are new: what "exists" or is "already linked" is the echo of our own request.
        expect([...new Set([...ledger.values()].map(({ result }) => result))]).toEqual([done])
      }),
      { numRuns: 300 },
    )
  })
})

describe('a link request that is refused as a whole', () => {
  test('goes out in halves until the rows at fault stand alone, for few requests more', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.integer({ min: 1, max: 50 }), { maxLength: 6 }), async (poison) => {
        const api = new Api([], poison.map(String))
        const { ledger, workToTheEnd } = setup('link', 50, api)
        await workToTheEnd()
        const rejected = [...ledger.values()].filter(({ status }) => status === 'rejected').map(({ row }) => row)
        expect(rejected.toSorted((a, b) => a - b)).toEqual(poison.toSorted((a, b) => a - b))
        expect([...ledger.values()].filter(({ result }) => result === 'linked')).toHaveLength(50 - poison.length)
        expect(Math.max(0, ...api.links.values())).toBeLessThanOrEqual(1)
        expect(api.requests).toBeLessThanOrEqual(1 + poison.length * 2 * Math.ceil(Math.log2(50)))
      }),
    )
  })
})

test('a paused run’s batch is put aside whole, and nothing of it is sent', async () => {
  const api = new Api()
  const { job, work } = setup('register', 3, api)
  expect(await work(Infinity, 'parked')).toEqual({ kind: 'parked' })
  expect(api.requests).toBe(0)
  expect(job.data).toMatchObject({ parked: true, rows: [{ row: 1 }, { row: 2 }, { row: 3 }] })
})

test('a member who was there before the run exists; one who was registered by a request of ours is ours', async () => {
  const api = new Api(['well', 'lostAfter'])
  api.registered.set('1', 7)
  const { ledger, workToTheEnd } = setup('register', 2, api)
  await workToTheEnd()
  expect(ledger.get(1)).toMatchObject({ result: 'exists', status: 'ok', customerId: '7' })
  expect(ledger.get(2)).toMatchObject({ result: 'registered', status: 'ok', customerId: '500001', confirmed: true })
})

test('a request that surely changed nothing makes no later answer ours', async () => {
  const api = new Api(['busy'])
  api.registered.set('1', 7)
  const { ledger, workToTheEnd } = setup('register', 1, api)
  await workToTheEnd()
  expect(api.requests).toBe(2)
  expect(ledger.get(1)).toMatchObject({ result: 'exists', customerId: '7' })
})

test('a request that is sent again with another token takes a slot again, and counts', async () => {
  const api = new Api()
  api.stale = 3
  const { counted, ledger, workToTheEnd } = setup('register', 5, api)
  await workToTheEnd()
  expect([...ledger.values()].map(({ result }) => result)).toEqual(Array.from({ length: 5 }, () => 'registered'))
  expect(api.requests).toBe(8)
  expect(counted).toEqual({ requests: 8, slots: 8 })
})
