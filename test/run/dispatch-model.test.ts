import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Broker } from '../../src/broker/broker.ts'
import type { BatchJob, Delivery } from '../../src/broker/jobs.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import type { LaneName, Outcome, SourceRow } from '../../src/model.ts'
import type { CompiledPlan, Rendered } from '../../src/plan/compile-plan.ts'
import { byLane } from '../../src/lanes/lanes.ts'
import { DispatchQueue } from '../../src/run/dispatch-queue.ts'
import { Dispatcher } from '../../src/run/dispatcher.ts'
import type { RunRow } from '../../src/run/run-row.ts'
import { temporaryFolder } from '../support/cli.ts'

/**
 * What a row asks for, and what the API makes of it. `unlinked`: both, and an earlier run registered it. `taken`: a link,
 * and the registration of the row before that has one.
 */
type Kind = 'both' | 'register' | 'link' | 'refused' | 'invalid' | 'unlinked' | 'taken'

/** The rows that a rerun selects from a file are far apart. */
const STEP = 150
const numberOf = (at: number) => at * STEP + 1
const placeOf = (row: number) => (row - 1) / STEP

/**
 * `import`: its process dies. `broker`: it comes back empty. `work`: a worker answers some rows of some job.
 * `rests`: what the import is about comes to rest before.
 */
type Act = { readonly rests: boolean } & (
  | { readonly kind: 'import' | 'broker' }
  | { readonly kind: 'work'; readonly choice: number; readonly rows: number }
)

const lanesOf: Readonly<Record<Kind, readonly LaneName[]>> = {
  both: ['register', 'link'],
  register: ['register'],
  link: ['link'],
  refused: ['register', 'link'],
  invalid: [],
  unlinked: ['register', 'link'],
  taken: ['register', 'link'],
}

/** The row whose registration a row takes; -1 where it has its own. */
function takenFrom(at: number, kinds: readonly Kind[]): number {
  if (kinds[at] !== 'taken') return -1
  return kinds
    .slice(0, at)
    .findLastIndex((kind, earlier) =>
      kind === 'taken' ? takenFrom(earlier, kinds) < 0 : lanesOf[kind].includes('register'),
    )
}

/** The parts of a broker that dispatching touches: jobs by queue and id, and answers on their way. */
class MemoryBroker {
  readonly queues = new Map<string, Map<string, BatchJob>>()
  answers: Delivery[] = []

  jobs(): { readonly queue: Map<string, BatchJob>; readonly id: string; readonly job: BatchJob }[] {
    return [...this.queues.values()].flatMap((queue) => [...queue].map(([id, job]) => ({ queue, id, job })))
  }

  asBroker(): Broker {
    const queue = (name: string) => {
      const jobs = this.queues.get(name) ?? new Map<string, BatchJob>()
      this.queues.set(name, jobs)
      return {
        addBulk: (added: { data: BatchJob; opts: { jobId: string } }[]) => {
          for (const { data, opts } of added) if (!jobs.has(opts.jobId)) jobs.set(opts.jobId, structuredClone(data))
          return Promise.resolve()
        },
        remove: (id: string) => Promise.resolve(Number(jobs.delete(id) || true)),
        getJobState: (id: string) => Promise.resolve(jobs.has(id) ? 'waiting' : 'unknown'),
      }
    }
    return { kind: 'redis', queue, generation: () => Promise.resolve('one'), patiently } as unknown as Broker
  }
}

/** A run over those rows, whose import and broker die when the test says so; ledger and jobs are all that stays. */
function setup(kinds: readonly Kind[]) {
  const path = join(temporaryFolder(), 'ledger.db')
  const broker = new MemoryBroker()
  const sent: { row: number; lane: LaneName; suspect: boolean }[] = []
  const plan: CompiledPlan = { lanes: ['register', 'link'], columnsUsed: [], render: (row) => render(row, kinds) }
  const rows = kinds.map((kind, at): RunRow => ({
    row: numberOf(at),
    line: numberOf(at) + 1,
    input: { kind: 'cells', cells: [String(at + 1)] },
    ...(kind === 'unlinked' && {
      earlier: { done: [{ ...outcome(numberOf(at), 'register', kind), attempts: 0 }], programsDone: {}, uncertain: [] },
    }),
  }))
  let deliveries = 0

  function open() {
    const ledger = openLedger(path)
    const stop = new AbortController()
    const settings = { onExists: 'ok', retryAttempts: 6, retryForMs: 1, outageMs: 1 } as const
    const queue = new DispatchQueue({
      run: 'run',
      account: 'account',
      broker: broker.asBroker(),
      ledger,
      settings: byLane(() => settings),
      priority: 'normal',
      wasAnswered: false,
      onFault: (error) => {
        if (!stop.signal.aborted) throw error
      },
    })
    const highest = byLane((lane) => ledger.highestBatch(lane))
    const dispatcher = new Dispatcher({
      plan,
      queue,
      window: { rows: 7, bytes: 8_000 },
      batchRows: byLane((lane) => (lane === 'link' ? 4 : 3)),
      nextBatch: (lane) => (highest[lane] ?? 0) + 1,
      known: (first, last) => ledger.rowStates(first, last),
    })
    return { ledger, queue, dispatcher, stop }
  }

  let session = open()
  let reading = Promise.resolve()
  const record = () => {
    for (const delivery of broker.answers.splice(0))
      session.dispatcher.settled(session.ledger.write({ deliveries: [delivery] }))
  }
  const begin = () => {
    record()
    const { dispatcher, stop } = session
    reading = dispatcher.offer(rows, stop.signal).then(
      () => dispatcher.finish(stop.signal),
      () => {},
    )
    reading = reading.catch(() => {})
  }

  return {
    sent,
    begin,
    ledger: (): Ledger => session.ledger,
    /** Lets what is under way in the import come to rest. */
    async rest(): Promise<void> {
      vi.advanceTimersByTime(1_000)
      await delay(25)
      await session.queue.drained()
    },
    isOver: () => session.ledger.counts().open === 0 && session.ledger.counts().rows === kinds.length,
    record,
    die(): void {
      session.stop.abort()
      session.dispatcher.close()
      session.ledger.close()
      session = open()
      begin()
    },
    loseBroker(): void {
      broker.queues.clear()
      broker.answers = []
    },
    /** What the run does every few seconds, while no answer waits. */
    async sweep(): Promise<void> {
      record()
      await session.queue.findLost()
    },
    /** A worker takes a job, sends some of its rows, and publishes their outcomes; the others stay in the job. */
    work(choice: number, count: number): void {
      const jobs = broker.jobs()
      const taken = jobs[choice % Math.max(jobs.length, 1)]
      if (taken === undefined) return
      const { queue, id, job } = taken
      const answered = job.rows.slice(0, count)
      sent.push(...answered.map(({ row, ambiguous }) => ({ row, lane: job.lane, suspect: ambiguous === true })))
      const outcomes = answered.map(({ row }) => outcome(row, job.lane, kinds[placeOf(row)]))
      broker.answers.push({ id: `delivery-${(deliveries += 1)}`, outcomes, traffic: [] })
      if (answered.length === job.rows.length) queue.delete(id)
      else queue.set(id, { ...job, rows: job.rows.slice(count) })
    },
    close(): void {
      session.stop.abort()
      session.dispatcher.close()
      session.ledger.close()
    },
  }
}

function render({ row }: SourceRow, kinds: readonly Kind[]): Rendered {
  const kind = kinds[placeOf(row)] ?? 'invalid'
  if (kind === 'invalid') {
    const message = 'not readable'
    return { kind: 'invalid', key: String(row), message, faults: [{ message, kind: message }] }
  }
  const from = takenFrom(placeOf(row), kinds)
  const lanes = lanesOf[kind].filter((lane) => lane !== 'register' || from < 0)
  return {
    ...(from >= 0 && { taken: { register: numberOf(from) } }),
    kind: 'requests',
    key: String(row),
    // Every third row is about the same member.
    members: [{ type: 'mobile', value: placeOf(row) % 3 === 0 ? 'same' : String(row) }],
    requests: {
      ...(lanes.includes('register') && { register: { body: {} } }),
      ...(lanes.includes('link') && { link: { customer: {}, linkToPartnerPrograms: [{}] } }),
    },
  }
}

function outcome(row: number, lane: LaneName, kind: Kind | undefined): Outcome {
  const refused = kind === 'refused' && lane === 'register'
  return {
    row,
    lane,
    result: refused ? 'rejected' : lane === 'register' ? 'registered' : 'linked',
    status: refused ? 'rejected' : 'ok',
    warnings: [],
    sideEffects: [],
    attempts: 1,
    finishedAt: new Date(0).toISOString(),
  }
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => {
  vi.useRealTimers()
})

const kinds = fc.array(
  fc.constantFrom<Kind>('both', 'both', 'register', 'link', 'refused', 'invalid', 'unlinked', 'taken', 'taken'),
  {
    minLength: 1,
    maxLength: 25,
  },
)
const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant('work' as const),
        rests: fc.constant(true),
        choice: fc.nat(20),
        rows: fc.integer({ min: 1, max: 4 }),
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constantFrom('import' as const, 'broker' as const), rests: fc.boolean() }),
    },
  ),
  { maxLength: 25 },
)

test('whenever the import or the broker dies, every row gets its outcomes, and none that has one is sent again', async () => {
  await fc.assert(
    fc.asyncProperty(kinds, acts, async (asked, happenings) => {
      const run = setup(asked)
      try {
        run.begin()
        const lost = new Set<number>()
        const work = (choice: number, count: number) => {
          const before = run.sent.length
          run.work(choice, count)
          for (const { row, lane } of run.sent.slice(before)) {
            expect(
              run.ledger().rowStates(row, row)[0]?.outcomes[lane],
              `row ${row} was sent again on ${lane}`,
            ).toBeUndefined()
          }
        }
        for (const act of happenings) {
          if (act.rests) await run.rest()
          if (act.kind === 'work') {
            work(act.choice, act.rows)
            if (act.choice % 2 === 0) run.record()
          } else if (act.kind === 'import') run.die()
          else {
            for (const { row } of run.sent) lost.add(row)
            run.loseBroker()
          }
        }
        for (let turns = 0; !run.isOver(); turns += 1) {
          if (turns > 40) throw new Error('the run does not end')
          await run.rest()
          work(turns, 4)
          await run.sweep()
        }
        const results = [...run.ledger().results()]
        expect(results.map(({ row }) => row)).toEqual(asked.map((_, at) => numberOf(at)))
        for (const { row, outcomes } of results) {
          const kind = asked[placeOf(row)] ?? 'invalid'
          if (kind === 'invalid') expect(outcomes.register?.result).toBe('invalid')
          else expect(Object.keys(outcomes).toSorted()).toEqual(lanesOf[kind].toSorted())
          if (kind === 'refused') expect(outcomes.link?.result).toBe('skipped')
          const from = takenFrom(placeOf(row), asked)
          if (from >= 0) {
            expect(outcomes.register?.result).toBe(run.ledger().row(numberOf(from))?.outcomes.register?.result)
            expect(outcomes.link?.result).toBe(asked[from] === 'refused' ? 'skipped' : 'linked')
          }
          // What an earlier run or an earlier row did costs no request.
          if (kind === 'unlinked' || from >= 0)
            expect(run.sent.filter((one) => one.row === row && one.lane === 'register')).toEqual([])
          // Only where the broker lost an answer is a row sent twice, and then as one whose request may have been carried out.
          for (const lane of lanesOf[kind]) {
            const times = run.sent.filter((one) => one.row === row && one.lane === lane)
            if (!lost.has(row)) expect(times.length).toBeLessThanOrEqual(1)
            for (const again of times.slice(1)) expect(again.suspect).toBe(true)
          }
        }
      } finally {
        run.close()
      }
    }),
    {
      numRuns: 40,
      examples: [
        // The import dies between a refused registration and the word on its link.
        [
          ['refused'],
          [
            { kind: 'work', rests: true, choice: 0, rows: 1 },
            { kind: 'import', rests: false },
          ],
        ],
      ],
    },
  )
})

function patiently(work: () => Promise<unknown>): Promise<unknown> {
  return work()
}
