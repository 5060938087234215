import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { AppEvent } from '../../src/app/events.ts'
import { openWatchedBroker } from '../../src/app/session/open-watched-broker.ts'
import { openBroker } from '../../src/broker/open-broker.ts'
import { type BatchJob, type OutcomesJob, laneQueueName, outcomesQueueName } from '../../src/broker/jobs.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import type { Outcome, SourceRow } from '../../src/model.ts'
import type { CompiledPlan } from '../../src/plan/compile-plan.ts'
import { byLane } from '../../src/lanes/lanes.ts'
import { conductRun } from '../../src/run/conduct-run.ts'
import { temporaryFolder } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

const ROWS = 500

const plan: CompiledPlan = {
  lanes: ['register'],
  columnsUsed: [],
  render: ({ row }) => ({ kind: 'requests', key: `M-${row}`, members: [], requests: { register: { body: {} } } }),
}

const quietly = {
  run: 'run',
  account: 'account',
  plan,
  limit: undefined,
  confirmRead: () => Promise.resolve(),
  settings: byLane(() => ({ onExists: 'ok', retryAttempts: 5, retryForMs: 60_000, outageMs: 60_000 }) as const),
  batchRows: byLane(() => 1),
  priority: 'normal',
  window: { rows: ROWS * 2, bytes: 100_000_000 },
  wasAnswered: false,
  stopWhen: { rejected: 1, after: ROWS },
  onPace: () => {},
  signal: new AbortController().signal,
  broken: new AbortController().signal,
  onEnding: () => {},
  isAbandonment: () => false,
  stopWorkers: () => Promise.resolve(),
  onUntaken: () => Promise.resolve(),
  onNotice: () => {},
  onRead: () => {},
  onError: () => {},
} as const

test.skipIf(!hasRedis)(
  'a file that cannot be read to its end parks the run, and every answer is recorded',
  async () => {
    const redis = await startRedis()
    onTestFinished(() => redis.close())
    const broker = await openBroker({ redisUrl: redis.url, home: '' })
    const folder = temporaryFolder()
    const ledger = openLedger(join(folder, 'ledger.db'))
    onTestFinished(async () => {
      ledger.close()
      await broker.close()
    })
    const lane = broker.queue<BatchJob>(laneQueueName('account', 'register'))
    const answers = broker.queue<OutcomesJob>(outcomesQueueName('run'))

    /** Workers elsewhere answer every row; then the file turns out to be broken. */
    async function* rows(): AsyncGenerator<readonly SourceRow[]> {
      yield Array.from({ length: ROWS }, (_, at) => ({
        row: at + 1,
        line: at + 2,
        input: { kind: 'cells', cells: [] },
      }))
      await until('the rows are on their queue', async () => (await lane.getPrioritizedCount()) === ROWS)
      await answers.addBulk(
        Array.from({ length: ROWS }, (_, at) => ({
          name: 'delivery',
          data: { kind: 'delivery', delivery: { id: `${at + 1}`, outcomes: [registered(at + 1)], traffic: [] } },
        })),
      )
      throw new Error('the disk does not answer')
    }

    const conducted = conductRun({ ...quietly, rows: rows(), ledger, broker, requestFile: join(folder, 'request') })

    await expect(conducted).rejects.toThrow('the disk does not answer')
    expect(ledger.counts()).toMatchObject({ rows: ROWS, statuses: { ok: ROWS }, open: 0 })
    expect(await broker.runState('run')).toBe('parked')
  },
)

test.skipIf(!hasRedis)('a run whose rows are all done ends though its Redis is gone', async () => {
  const redis = await startRedis()
  onTestFinished(() => redis.close())
  const heard: string[] = []
  const context = { on: ({ kind }: AppEvent) => void heard.push(kind), signal: new AbortController().signal }
  const folder = temporaryFolder()
  await using opened = await openWatchedBroker({ redisUrl: redis.url, home: folder }, context)
  const { broker, connection } = opened
  const ledger = openLedger(join(folder, 'ledger.db'))
  onTestFinished(() => ledger.close())
  const noRows = (async function* (): AsyncGenerator<readonly SourceRow[]> {})()

  const end = await conductRun({
    ...quietly,
    rows: noRows,
    ledger,
    broker,
    requestFile: join(folder, 'request'),
    // The last thing that is looked at.
    confirmRead: () => redis.kill(),
    onEnding: connection.endSoon,
    isAbandonment: connection.isAbandonment,
  })

  expect(end).toEqual({ state: 'finished' })
  expect(heard).toEqual(['stage', 'broker-lost', 'broker-abandoned'])
})

function registered(row: number): Outcome {
  const said = { warnings: [], sideEffects: [], attempts: 1, finishedAt: '2030-01-01T00:00:00.000Z' } as const
  return { row, lane: 'register', result: 'registered', status: 'ok', ...said }
}
