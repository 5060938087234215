import type { RunState } from '../../src/broker/broker.ts'
import type { BatchJob, Delivery, JobRow, Notice } from '../../src/broker/jobs.ts'
import type { ApiRequest, Exchange } from '../../src/capillary/exchange.ts'
import { laneNamed } from '../../src/lanes/lanes.ts'
import type { LinkRequest } from '../../src/lanes/link/link-request.ts'
import type { Json, LaneName } from '../../src/model.ts'
import { createPacer } from '../../src/pace/pacer.ts'
import { localSlots } from '../../src/pace/slots.ts'
import { deliverBatch } from '../../workers/deliver-batch.ts'
import type { DeliveryTools } from '../../workers/visit.ts'
import type { GateTools } from '../../workers/gate.ts'
import { HeldBatch } from '../../workers/held-batch.ts'
import { type HealthChange, createLaneHealth } from '../../workers/lane-health.ts'
import { runPatience } from '../../workers/run-patience.ts'
import type { WorkEvent } from '../../workers/work-event.ts'
import { reply } from '../capillary/replies.ts'

interface PassSetup {
  readonly lane?: LaneName
  readonly rows: readonly Partial<JobRow>[]
  /** What the API answers to each request, by the rows in it. */
  readonly api: (rows: readonly number[], request: ApiRequest) => Exchange
}

/** One pass over a batch, against an API that answers as told. */
export async function setup({ lane = 'register', rows, api }: PassSetup) {
  let data: BatchJob = {
    run: 'run',
    lane,
    batch: 1,
    pass: 0,
    settings: { onExists: 'ok', retryAttempts: 3, retryForMs: 60_000, outageMs: 60_000 },
    rows: rows.map((row, at) => ({ row: at + 1, sent: 0, attempts: 0, request: requestOf(lane, at + 1), ...row })),
  }
  const broker = { isOurs: true, onMark: () => {}, state: 'running' as RunState }
  const deliveries: Delivery[] = []
  const notices: { readonly run: string; readonly notice: Notice }[] = []
  /** The rows of each request, and the look-ups between them. */
  const sent: (readonly number[] | string)[] = []
  const changes: HealthChange[] = []
  const told: WorkEvent[] = []
  const health = createLaneHealth((change) => changes.push(change))
  const closing = new AbortController()
  const stored = {
    get data() {
      return data
    },
    marks: undefined,
    save: (next: BatchJob) => Promise.resolve(((data = next), true)),
    async mark() {
      broker.onMark()
      return broker.isOurs
    },
  }
  const batch = await HeldBatch.take(stored, async (delivery) => void deliveries.push(delivery))
  const tools: DeliveryTools = {
    lane: laneNamed(lane),
    pacer: createPacer(localSlots()),
    pacerOf: () => createPacer(localSlots()),
    batchSizes: { most: () => undefined, learn: async () => {} },
    health,
    account: served,
    latenessOf: (tookMs) => tookMs,
    heard: new WeakSet(),
    tell: (event) => void told.push(event),
    signal: closing.signal,
    runState: async () => broker.state,
    notify: async (run, notice) => void notices.push({ run, notice }),
    patience: runPatience(),
    async send(request) {
      const carried = rowsIn(request)
      sent.push(request.method === 'GET' ? request.path : carried)
      return api(carried, request)
    },
  }
  return {
    batch,
    broker,
    changes,
    closing,
    deliveries,
    health,
    notices,
    sent,
    told,
    tools,
    deliver: () => deliverBatch(batch, tools),
    open: () => data.rows,
    outcomes: () => deliveries.flatMap(({ outcomes }) => outcomes),
    attempts: () => deliveries.flatMap(({ attempts = [] }) => attempts),
    traffic: () => deliveries.flatMap(({ traffic }) => traffic),
  }
}

/** An account whose token is always at hand. */
export const served: GateTools['account'] = { clear: () => Promise.resolve('open'), isReady: () => true }

function requestOf(lane: LaneName, row: number): JobRow['request'] {
  if (lane === 'link') {
    return { customer: { externalId: String(row) }, linkToPartnerPrograms: [{ partnerProgramName: 'one' }] }
  }
  return { body: { id: row, profiles: [{ identifiers: [{ type: 'externalId', value: String(row) }], source: 'S' }] } }
}

function rowsIn({ body }: ApiRequest): readonly number[] {
  const { id, linkCustomers } = Object(body ?? {}) as { id?: number; linkCustomers?: readonly LinkRequest[] }
  return id === undefined ? (linkCustomers ?? []).map(({ customer }) => Number(customer['externalId'])) : [id]
}

/** A reply that links all rows to the program that they ask for. */
export const linkedAll = (rows: readonly number[]) => {
  const linkCustomers = rows.map((row): Json => ({
    customer: { id: row, externalId: String(row), status: { status: true, code: 1000, message: 'found' } },
    linkToPartnerPrograms: [
      { partnerProgramName: 'one', partnerLinkStatus: { status: true, code: 200, message: 'Success' } },
    ],
  }))
  return reply(200, { linkCustomers, warnings: [] })
}
