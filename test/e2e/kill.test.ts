import { join } from 'node:path'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { openLedger } from '../../src/ledger/ledger.ts'
import type { LaneName } from '../../src/model.ts'
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts'
import { type Place, kill, latestRun, placeOn, readReport, readResults, start, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { type RedisServer, hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

const ROWS = 600
const LANES = ['register', 'link'] as const

let simulator: Simulator
beforeEach(async () => {
  simulator = await startSimulator({ latencyMs: 10, slowMs: 3_000 })
  return () => simulator.close()
})

describe.each([{ broker: 'embedded' }, ...(hasRedis ? [{ broker: 'Redis' }] : [])])('on $broker', ({ broker }) => {
  let redis: RedisServer | undefined
  beforeEach(async () => {
    redis = broker === 'Redis' ? await startRedis() : undefined
    return () => redis?.close()
  })

  test('an import that is killed goes on with resume, and sends no row again that has its outcome', async () => {
    const where = await prepare(redis)
    const importing = start(where, ['import', 'members.csv', '--plan', 'plan.yaml'])
    await midway(where)
    await kill(importing)
    const recorded = recordedRows(where)
    const before = arrivals()
    simulator.setFaults({})

    const { status, stderr } = await start(where, ['resume', 'latest']).finished

    expect(status, stderr).toBe(0)
    expectAllDone(where)
    const after = arrivals()
    for (const lane of LANES) {
      expect(recorded[lane].length).toBeGreaterThan(0)
      expect(recorded[lane].filter((id) => after[lane].get(id) !== before[lane].get(id))).toEqual([])
    }
    expectEchoesConfirmed(where)
  })
})

describe.skipIf(!hasRedis)('on Redis', () => {
  test.each([
    { how: 'comes back empty', appendOnly: false },
    { how: 'comes back with what it had on disk', appendOnly: true },
  ])('an import outlives a Redis that is killed and $how', async ({ appendOnly }) => {
    const redis = await openRedis({ appendOnly })
    const where = await prepare(redis)
    const importing = start(where, ['import', 'members.csv', '--plan', 'plan.yaml'])
    await midway(where)
    await redis.kill()
    await until('the import has noticed', () => importing.stderr().includes('connection to Redis is lost'))
    await redis.start()
    simulator.setFaults({})

    const { status, stderr } = await importing.finished

    expect(status, stderr).toBe(0)
    expectAllDone(where)
  })

  test('what a killed worker had in hand is finished by another', async () => {
    const where = await prepare(await openRedis())
    const worker = start(where, ['worker'])
    const importing = start(where, ['import', 'members.csv', '--plan', 'plan.yaml', '--no-workers'])
    await midway(where)
    await kill(worker)
    simulator.setFaults({})
    start(where, ['worker'])

    const { status, stderr } = await importing.finished

    expect(status, stderr).toBe(0)
    expectAllDone(where)
    expectEchoesConfirmed(where)
  })
})

async function prepare(redis: RedisServer | undefined): Promise<Place> {
  const where = await placeOn(simulator.url, redis)
  write(where, 'members.csv', membersCsv(ROWS))
  write(where, 'plan.yaml', membersPlan)
  return where
}

async function openRedis(options: { appendOnly?: boolean } = {}): Promise<RedisServer> {
  const redis = await startRedis(options)
  onTestFinished(() => redis.close())
  return redis
}

/** Some rows have their outcomes on both lanes, and on both lanes requests are under way that take seconds. */
async function midway(where: Place): Promise<void> {
  await until('100 registrations', () => simulator.stats().registrations >= 100)
  simulator.setFaults({ slow: 1 })
  await until('recorded outcomes on both lanes', () => LANES.every((lane) => recordedRows(where)[lane].length > 0))
  await until('requests under way on both lanes', () => LANES.every((lane) => underWay(lane) > 0))
}

function underWay(lane: LaneName): number {
  const { arrivals, replies } = simulator.stats().lanes[lane]
  return arrivals - Object.values(replies).reduce((sum, count) => sum + count, 0)
}

/** The external ids of the rows that have their outcome in the ledger, by lane. */
function recordedRows(where: Place): Record<LaneName, string[]> {
  const ledger = openLedger(join(latestRun(where.home), 'ledger.db'), { readOnly: true })
  try {
    const rows = [...ledger.results()]
    const keys = (lane: LaneName) => rows.filter(({ outcomes }) => outcomes[lane] !== undefined).map(({ key }) => key)
    return { register: keys('register'), link: keys('link') }
  } finally {
    ledger.close()
  }
}

/** How many requests have arrived for each member, by external id. */
function arrivals(): Record<LaneName, Map<string, number>> {
  const counts = { register: new Map<string, number>(), link: new Map<string, number>() }
  for (const { key, arrivals: arrived } of simulator.members())
    for (const lane of LANES) counts[lane].set(key.replace('externalId:', ''), arrived[lane])
  return counts
}

/** Every row has one line, in order, and says what is so: the member was registered and linked, once. */
function expectAllDone(where: Place): void {
  const results = readReport(where, 'results.csv')
  const said = results.map((row) => [row['_row'], row['_register'], row['_customer_id'], row['_link'], row['external_id']])
  const ids = new Map(simulator.customers().map(({ id, identifiers }) => [identifiers[0], String(id)]))
  const so = Array.from({ length: ROWS }, (_, at) => {
    const externalId = `M-${at + 1}`
    return [String(at + 1), 'registered', ids.get(`externalId:${externalId}`), 'linked', externalId]
  })
  expect(said).toEqual(so)
  expect(simulator.stats()).toMatchObject({
    registrations: ROWS,
    doubleRegistrations: 0,
    linksMade: ROWS,
    linksMadeTwice: 0,
  })
}

/** The requests in flight were carried out, and sent again: the answer "exists already" is taken for ours. */
function expectEchoesConfirmed(where: Place): void {
  const { exists, alreadyLinked } = simulator.stats()
  expect(exists).toBeGreaterThan(0)
  expect(alreadyLinked).toBeGreaterThan(0)
  const sent = arrivals()
  const results = readResults(where)
  for (const lane of LANES) {
    const echoed = results.filter(({ key }) => (sent[lane].get(key) ?? 0) > 1)
    expect(echoed.length).toBeGreaterThan(0)
    const unconfirmed = echoed.filter((row) => row[lane]?.confirmed !== true)
    expect(unconfirmed.map((row) => [lane, row.key, row[lane]?.attempts, sent[lane].get(row.key)])).toEqual([])
  }
}
