import { join } from 'node:path'
import { type TestContext, describe, expect, test } from 'vitest'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts'
import { type Place, kill, latestRun, placeOn, readReport, readResults, run, start, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { type RedisOptions, type RedisServer, hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

const ROWS = 600
const LANES = ['register', 'link'] as const
type ImportLane = (typeof LANES)[number]
const IMPORT = ['import', 'members.csv', '--plan', 'plan.yaml']

/** One import of `ROWS` members, and the API that it meets. */
interface Trial {
  readonly where: Place
  readonly simulator: Simulator
}

const brokers: readonly { broker: 'embedded' | 'Redis' }[] = hasRedis
  ? [{ broker: 'embedded' }, { broker: 'Redis' }]
  : [{ broker: 'embedded' }]

// Side by side: most of their time goes into waiting for the locks of those who were killed.
describe.concurrent('kill -9', () => {
  test.for(brokers)(
    'of an import: resume goes on, and sends no row again that has its outcome, on the $broker broker',
    async ({ broker }, context) => {
      const trial = await prepare(context, broker === 'Redis' ? await openRedis(context) : undefined)
      const importing = start(trial.where, IMPORT)
      await midway(trial)
      await kill(importing)
      const before = soFar(trial)
      trial.simulator.setFaults({})
      expect((await run(trial.where, ['runs'])).stdout).toContain('crashed')

      const { status, stderr } = await run(trial.where, ['resume', 'latest'])

      expect(status, stderr).toBe(0)
      expectAllDone(trial)
      expect(sentAgain(trial, before)).toEqual([])
      await expectEchoesConfirmed(trial)
    },
  )

  test.skipIf(!hasRedis)('of a worker: another one finishes what it had in hand', async (context) => {
    const trial = await prepare(context, await openRedis(context))
    const worker = start(trial.where, ['worker'])
    const importing = start(trial.where, [...IMPORT, '--no-workers'])
    await midway(trial)
    await kill(worker)
    const before = soFar(trial)
    trial.simulator.setFaults({})
    start(trial.where, ['worker'])

    const { status, stderr } = await importing.finished

    expect(status, stderr).toBe(0)
    expectAllDone(trial)
    expect(sentAgain(trial, before)).toEqual([])
    await expectEchoesConfirmed(trial)
  })

  test.skipIf(!hasRedis).for([
    { back: 'empty', disk: 'none' },
    { back: 'with all that it held', disk: 'append-only' },
    { back: 'with what it held a while ago', disk: 'snapshot' },
  ] as const)('of a Redis that comes back $back: the import goes on', async ({ disk }, context) => {
    const { trial, before, status, stderr } = await killRedis(context, disk)
    expect(status, stderr).toBe(0)
    expectAllDone(trial)
    expect(sentAgain(trial, before)).toEqual([])
  })
})

async function killRedis(context: TestContext, disk: NonNullable<RedisOptions['disk']>) {
  const redis = await openRedis(context, { disk })
  const trial = await prepare(context, redis)
  const importing = start(trial.where, IMPORT)
  await until('a tenth is registered', () => trial.simulator.stats().registrations >= ROWS / 10)
  await redis.save()
  await midway(trial)
  await redis.kill()
  const before = soFar(trial)
  await until('the import has noticed', () => importing.stderr().includes('connection to Redis is lost'))
  await redis.start()
  trial.simulator.setFaults({})
  return { trial, before, ...(await importing.finished) }
}

async function prepare({ onTestFinished }: TestContext, redis: RedisServer | undefined): Promise<Trial> {
  const simulator = await startSimulator({ latencyMs: 20, slowMs: 2_000 })
  onTestFinished(() => simulator.close())
  const where = await placeOn(simulator.url, redis, onTestFinished)
  write(where, 'members.csv', membersCsv(ROWS))
  write(where, 'plan.yaml', membersPlan)
  return { where, simulator }
}

async function openRedis({ onTestFinished }: TestContext, options?: RedisOptions): Promise<RedisServer> {
  const redis = await startRedis(options)
  onTestFinished(() => redis.close())
  return redis
}

/** Some rows have their outcomes on both lanes, and on both lanes requests are under way that take seconds. */
async function midway({ where, simulator }: Trial): Promise<void> {
  await until('a sixth is registered', () => simulator.stats().registrations >= ROWS / 6)
  simulator.setFaults({ slow: 1 })
  await until('recorded outcomes on both lanes', () => LANES.every((lane) => recordedRows(where)[lane].length > 0))
  await until('requests under way on both lanes', () => LANES.every((lane) => underWay(simulator, lane) > 0))
}

function underWay(simulator: Simulator, lane: ImportLane): number {
  const { arrivals, replies } = simulator.stats().lanes[lane]
  return arrivals - Object.values(replies).reduce((sum, count) => sum + count, 0)
}

interface SoFar {
  /** By lane, the external ids of the rows that have their outcome. */
  readonly recorded: Record<ImportLane, readonly string[]>
  /** By lane and external id, how often a member was sent. */
  readonly sent: Record<ImportLane, ReadonlyMap<string, number>>
}

function soFar({ where, simulator }: Trial): SoFar {
  return { recorded: recordedRows(where), sent: arrivalsByMember(simulator) }
}

function recordedRows(where: Place): Record<ImportLane, readonly string[]> {
  const ledger = openLedger(join(latestRun(where.home), 'ledger.db'), { readOnly: true })
  try {
    const rows = [...ledger.results()]
    const keys = (lane: ImportLane) => rows.filter(({ outcomes }) => outcomes[lane] !== undefined).map(({ key }) => key)
    return { register: keys('register'), link: keys('link') }
  } finally {
    ledger.close()
  }
}

function arrivalsByMember(simulator: Simulator): Record<ImportLane, ReadonlyMap<string, number>> {
  const members = simulator.members()
  const counts = (lane: ImportLane) =>
    new Map(members.map(({ key, arrivals: arrived }) => [key.replace('externalId:', ''), arrived[lane]]))
  return { register: counts('register'), link: counts('link') }
}

/** Every row has one line, in order, and says what is so: the member was registered and linked, once. */
function expectAllDone({ where, simulator }: Trial): void {
  const ids = new Map(simulator.customers().map(({ id, identifiers }) => [identifiers[0], String(id)]))
  const so = Array.from({ length: ROWS }, (_, at) => ({
    external_id: `M-${at + 1}`,
    _row: String(at + 1),
    _register: 'registered',
    _customer_id: ids.get(`externalId:M-${at + 1}`),
    _link: 'linked',
  }))
  const said = readReport(where, 'results.csv').map(({ external_id, _row, _register, _customer_id, _link }) => ({
    external_id,
    _row,
    _register,
    _customer_id,
    _link,
  }))
  expect(said).toEqual(so)
  expect(simulator.stats()).toMatchObject({
    registrations: ROWS,
    doubleRegistrations: 0,
    linksMade: ROWS,
    linksMadeTwice: 0,
  })
}

/** Lane and external id of the rows that had their outcome before, and were sent since. */
function sentAgain({ simulator }: Trial, { recorded, sent }: SoFar): readonly string[] {
  const since = arrivalsByMember(simulator)
  return LANES.flatMap((lane) =>
    recorded[lane].filter((id) => since[lane].get(id) !== sent[lane].get(id)).map((id) => `${lane} ${id}`),
  )
}

/**
 * The requests in flight were carried out, and sent again: the answer "exists already" is taken for ours. And no others
 * were sent again.
 */
async function expectEchoesConfirmed({ where, simulator }: Trial): Promise<void> {
  const { exists, alreadyLinked } = simulator.stats()
  expect(exists).toBeGreaterThan(0)
  expect(alreadyLinked).toBeGreaterThan(0)
  const sent = arrivalsByMember(simulator)
  const results = await readResults(where)
  for (const lane of LANES) {
    const echoed = results.filter(({ key }) => (sent[lane].get(key) ?? 0) > 1)
    const confirmed = results.filter((row) => row[lane]?.confirmed === true)
    expect(confirmed.map(({ key }) => key)).toEqual(echoed.map(({ key }) => key))
  }
}
