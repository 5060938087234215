import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { AppEvent } from '../../src/app/events.ts'
import { openWatchedBroker } from '../../src/app/session/open-watched-broker.ts'
import { PREFIX } from '../../src/broker/job-options.ts'
import { openBroker } from '../../src/broker/open-broker.ts'
import { type BatchJob, type OutcomesJob, batchJobId, laneQueueName, outcomesQueueName } from '../../src/broker/jobs.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import type { Outcome, SourceRow } from '../../src/model.ts'
import type { CompiledPlan } from '../../src/plan/compile-plan.ts'
import { byLane } from '../../src/lanes/lanes.ts'
import { startRecorder } from '../../src/run/recorder.ts'
import { conductRun } from '../../src/run/conduct-run.ts'
import { sendRequest } from '../../src/run/requests.ts'
import { entry } from '../ledger/samples.ts'
import { temporaryFolder } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

const ROWS = 500
const LANE = laneQueueName('account', 'register')

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

test.skipIf(!hasRedis)('a halt that was told to a session which had died does not end the next one', async () => {
  const { broker, ledger, folder } = await onRedis()
  ledger.write({ rows: [entry(1, { batches: { register: 1 } })], outcomes: [registered(1)] })
  await broker.setRunState('run', 'parked')
  const notice = { kind: 'halt', lane: 'register', reason: 'The host has not answered.', remedy: '' } as const
  await broker.queue<OutcomesJob>(outcomesQueueName('run')).add('notice', { kind: 'notice', notice })
  const end = await conductRun({ ...quietly, rows: rowsTo(1), ledger, broker, requestFile: join(folder, 'request') })
  expect(end).toEqual({ state: 'finished' })
})

test.skipIf(!hasRedis)(
  'the rows that an outage left are the last ones where all others are done, and no sooner',
  async () => {
    const { broker, ledger, folder } = await onRedis()
    const lane = broker.queue<BatchJob>(laneQueueName('account', 'register'))
    ledger.write({ rows: [1, 2].map((row) => entry(row, { batches: { register: row } })), outcomes: [registered(1)] })
    ledger.write({ events: [{ kind: 'ended', at: 1, how: 'halted' }] })
    const stateWith = async (rows: number) => {
      const stop = new AbortController()
      const requestFile = join(folder, 'request')
      const read = Promise.withResolvers<undefined>()
      const onRead = (_rows: number, ended: boolean) => ended && read.resolve(undefined)
      const options = { ...quietly, rows: rowsTo(rows), ledger, broker, requestFile, signal: stop.signal, onRead }
      const conducted = conductRun(options)
      await read.promise
      await until('the rows are on their queue', async () => (await lane.getPrioritizedCount()) === rows - 1)
      const state = await broker.runState('run')
      stop.abort()
      await conducted
      ledger.write({ events: [{ kind: 'ended', at: Date.now(), how: 'halted' }] })
      return state
    }
    expect(await stateWith(2)).toBe('last-rows')
    expect(await stateWith(3)).toBe('running')
  },
)

test.skipIf(!hasRedis)('a job whose delay was forgotten is called back where the run goes on', async () => {
  const { broker, ledger, folder } = await onRedis()
  ledger.write({ rows: [entry(1, { batches: { register: 1 } })] })
  const lane = broker.queue<BatchJob>(laneQueueName('account', 'register'))
  const id = batchJobId('run', 'register', 1)
  const settings = { onExists: 'ok', retryAttempts: 5, retryForMs: 60_000, outageMs: 60_000, rpm: 600 } as const
  const data = { run: 'run', lane: 'register', batch: 1, settings, rows: [], pass: 1 } as const
  await lane.add('batch', data, { jobId: id, delay: 365 * 24 * 3_600_000 })
  const stop = new AbortController()
  const requestFile = join(folder, 'request')
  const conducted = conductRun({ ...quietly, rows: rowsTo(1), ledger, broker, requestFile, signal: stop.signal })
  await until('it waits for a worker', async () => (await lane.getJobState(id)) === 'waiting')
  stop.abort()
  await conducted
})

test.skipIf(!hasRedis).each([
  ['the queue that it was on', `${PREFIX}:${LANE}:prioritized`],
  ['the job and nothing else', `${PREFIX}:${LANE}:${batchJobId('run', 'register', 1)}`],
])('a job goes onto its queue again where Redis has evicted %s', async (_what, key) => {
  const { broker, ledger, folder } = await onRedis()
  const lane = broker.queue<BatchJob>(LANE)
  const rowsIn: (readonly unknown[])[] = []
  const stop = new AbortController()
  const requestFile = join(folder, 'request')
  const conducted = conductRun({ ...quietly, rows: rowsTo(1), ledger, broker, requestFile, signal: stop.signal })
  await until('it waits for a worker', async () => (await lane.getPrioritizedCount()) === 1)
  await broker.redis?.del(key)
  const worker = broker.worker<BatchJob>(LANE, async ({ data }) => void rowsIn.push(data.rows), {
    concurrency: 1,
    onError: () => {},
  })
  await until('a worker has it', () => rowsIn.length > 0)
  await worker.close()
  stop.abort()
  await conducted
  expect(rowsIn[0]).toMatchObject([{ row: 1, ambiguous: true }])
})

test.skipIf(!hasRedis)('answers that Redis has evicted leave their queue', async () => {
  const { broker, ledger, folder } = await onRedis()
  const answers = broker.queue<OutcomesJob>(outcomesQueueName('run'))
  const delivery = { id: '1', outcomes: [registered(1)], traffic: [] }
  const { id } = await answers.add('delivery', { kind: 'delivery', delivery })
  await broker.redis?.del(`${PREFIX}:${outcomesQueueName('run')}:${id}`)
  ledger.write({ rows: [entry(1, { batches: { register: 1 } })], outcomes: [registered(1)] })
  const end = await conductRun({ ...quietly, rows: rowsTo(1), ledger, broker, requestFile: join(folder, 'request') })
  expect(end).toEqual({ state: 'finished' })
})

test.skipIf(!hasRedis).each([
  ['no answers', '{"kind":"delivery"}'],
  ['a list', '[]'],
])('answers of which Redis keeps %s are thrown away, and that is said', async (_what, data) => {
  const { broker, ledger, folder } = await onRedis()
  const answers = broker.queue<OutcomesJob>(outcomesQueueName('run'))
  const delivery = { id: '1', outcomes: [registered(1)], traffic: [] }
  const { id = '' } = await answers.add('delivery', { kind: 'delivery', delivery })
  await broker.redis?.hset(answers.toKey(id), 'data', data)
  ledger.write({ rows: [entry(1, { batches: { register: 1 } })], outcomes: [registered(1)] })
  const said: string[] = []
  const requestFile = join(folder, 'request')
  const stop = new AbortController()
  const onError = ({ name, message }: Error) => {
    if (name === 'DamagedJob') said.push(message)
  }
  const options = { ...quietly, rows: rowsTo(2), ledger, broker, requestFile, signal: stop.signal, onError }
  const conducted = conductRun(options)
  await until('they have left their queue', async () => said.length > 0 && (await answers.getJobCountByTypes()) === 0)
  stop.abort()
  await conducted
  expect(said).toEqual([expect.stringContaining('was damaged')])
})

test.skipIf(!hasRedis)('answers that cannot be read keep nobody waiting for them', async () => {
  const { broker, ledger } = await onRedis()
  const answers = broker.queue<OutcomesJob>(outcomesQueueName('run'))
  const delivery = { id: '1', outcomes: [registered(1)], traffic: [] }
  const { id = '' } = await answers.add('delivery', { kind: 'delivery', delivery })
  await broker.redis?.hset(answers.toKey(id), 'data', '{')
  const said: string[] = []
  const recorder = startRecorder({
    run: 'run',
    broker,
    ledger,
    onRecorded: () => {},
    onNotice: () => {},
    onFault: () => {},
    onError: ({ name }) => void said.push(name),
  })
  await recorder.drained(new AbortController().signal)
  await recorder.close()
  expect(said).toContain('DamagedJob')
})

test.skipIf(!hasRedis)('what was asked of a run before it began to listen is heard', async () => {
  const { broker, ledger, folder } = await onRedis()
  const requestFile = join(folder, 'request')
  sendRequest(requestFile, { kind: 'cancel' })
  const end = await conductRun({ ...quietly, rows: rowsTo(1), ledger, broker, requestFile })
  expect(end).toEqual({ state: 'cancelled' })
})

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

async function onRedis() {
  const redis = await startRedis()
  const folder = temporaryFolder()
  const broker = await openBroker({ redisUrl: redis.url, home: '' })
  const ledger = openLedger(join(folder, 'ledger.db'))
  onTestFinished(async () => {
    ledger.close()
    await broker.close()
    await redis.close()
  })
  return { broker, ledger, folder }
}

async function* rowsTo(last: number): AsyncGenerator<readonly SourceRow[]> {
  yield Array.from({ length: last }, (_, at) => ({ row: at + 1, line: at + 2, input: { kind: 'cells', cells: [] } }))
}

function registered(row: number): Outcome {
  const said = { warnings: [], sideEffects: [], attempts: 1, finishedAt: '2030-01-01T00:00:00.000Z' } as const
  return { row, lane: 'register', result: 'registered', status: 'ok', ...said }
}
