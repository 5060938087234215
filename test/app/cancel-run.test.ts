import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, expect, test } from 'vitest'
import { cancelRun } from '../../src/app/runs/cancel-run.ts'
import { pauseRun } from '../../src/app/runs/pause-run.ts'
import { type OutcomesJob, outcomesQueueName } from '../../src/broker/jobs.ts'
import { openBroker } from '../../src/broker/open-broker.ts'
import { readEnvironment } from '../../src/cli/environment.ts'
import { takeFileLock } from '../../src/file-lock.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import { findRun } from '../../src/run/list-runs.ts'
import { type State, createRunFolder, saveRunRecord } from '../../src/run/run-record.ts'
import { entry, outcome } from '../ledger/samples.ts'
import { record } from '../run/record.ts'
import { temporaryFolder } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

test.skipIf(!hasRedis)(
  'what workers elsewhere were answered is recorded of a run that is cancelled after a crash',
  async (context) => {
    const { folder, home, onRedis } = runThat('running')
    const { broker, redisUrl } = await onRedis(context)
    const answers = broker.queue<OutcomesJob>(outcomesQueueName('a'))
    const delivery = { id: 'one', outcomes: [outcome(1)], traffic: [] }
    await answers.add('delivery', { kind: 'delivery', delivery })

    await cancelRun('a', contextOf(home, redisUrl))

    const ledger = openLedger(folder.ledger, { readOnly: true })
    context.onTestFinished(() => ledger.close())
    expect(ledger.counts()).toMatchObject({ rows: 2, open: 1, statuses: { ok: 1 } })
    expect(findRun(home, 'a').state).toBe('cancelled')
    expect(await broker.runState('a')).toBe('cancelled')
    expect(await answers.getJobCounts('waiting', 'active', 'delayed')).toMatchObject({ waiting: 0, active: 0 })
  },
)

test.skipIf(!hasRedis)(
  'a run that paused as it was asked to be cancelled is cancelled all the same',
  async (context) => {
    const { folder, home, onRedis } = runThat('running')
    const { redisUrl } = await onRedis(context)
    const unlock = takeFileLock(folder.lock)
    const cancelling = cancelRun('a', contextOf(home, redisUrl))
    await until('it is asked', () => existsSync(folder.request))
    saveRunRecord(home, { ...findRun(home, 'a'), state: 'paused' })
    unlock?.()
    await cancelling
    expect(findRun(home, 'a').state).toBe('cancelled')
  },
)

test.for(['cancel', 'pause'] as const)('nobody is told that %s came of a run that had just finished', async (kind) => {
  const { folder, home } = runThat('running')
  const unlock = takeFileLock(folder.lock)
  const asking = kind === 'cancel' ? cancelRun('a', contextOf(home)) : pauseRun(home, 'a')
  const answer = asking.catch(String)
  await until('it is asked', () => existsSync(folder.request))
  saveRunRecord(home, { ...findRun(home, 'a'), state: 'finished' })
  unlock?.()
  expect(await answer).toMatch(/Run a is finished: it had come to its end before/)
})

/** A run with two rows that were dispatched, at work on which there is nobody. */
function runThat(state: State) {
  const home = temporaryFolder()
  const folder = createRunFolder(home, 'a')
  writeFileSync(folder.plan, 'register: { body: { profiles: [] } }\n')
  saveRunRecord(home, record('a', { state, file: join(home, 'members.csv'), lanes: ['register'] }))
  const ledger = openLedger(folder.ledger)
  ledger.meta.set('columns', ['first_name'])
  ledger.write({ rows: [1, 2].map((row) => entry(row, { batches: { register: row } })) })
  ledger.close()
  const onRedis = async ({ onTestFinished }: TestContext) => {
    const redis = await startRedis()
    const broker = await openBroker({ redisUrl: redis.url, home })
    onTestFinished(async () => {
      await broker.close()
      await redis.close()
    })
    return { broker, redisUrl: redis.url }
  }
  return { folder, home, onRedis }
}

function contextOf(home: string, redisUrl?: string) {
  const environment = { ...readEnvironment({ home }), redisUrl }
  return { environment, on() {}, signal: new AbortController().signal }
}
