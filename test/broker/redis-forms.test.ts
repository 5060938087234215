import { Redis } from 'ioredis'
import { type TestContext, describe, expect, test } from 'vitest'
import type { Broker } from '../../src/broker/broker.ts'
import { openBroker } from '../../src/broker/open-broker.ts'
import { PREFIX } from '../../src/broker/job-options.ts'
import { UsageError } from '../../src/model.ts'
import { laneSlots } from '../../src/pace/lane-slots.ts'
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts'
import { type Place, placeOn, readReport, run, start, temporaryFolder, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { hasRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'
import { ask, makeCertificates, startCluster, startSentinel, startServer, tlsSettings } from './servers.ts'

const ROWS = 300
const IMPORT = ['import', 'members.csv', '--plan', 'plan.yaml']

/** As docs/operating.md has it. */
const ACL = 'user rollcall on >hunter2 ~{rollcall}:* +@all -@admin -@dangerous +info'

// Side by side: most of their time goes into waiting for servers to agree.
describe.skipIf(!hasRedis)('Redis as people run it', { concurrent: true }, () => {
  test('a user who may do nothing but what rollcall needs: an import finishes', async ({ onTestFinished }) => {
    const server = await startServer(onTestFinished, ['user default off', ACL])
    const trial = await prepare(onTestFinished, `redis://rollcall:hunter2@127.0.0.1:${server.port}/0`)
    const { status, stderr } = await run(trial.where, IMPORT)
    expect(status, stderr).toBe(0)
    expectAllDone(trial)
    expect(stderr).not.toContain('hunter2')
  })

  test('a wrong password is refused with what Redis says, and is not shown', async ({ onTestFinished }) => {
    const server = await startServer(onTestFinished, ['requirepass hunter2'])
    const opening = openRedis(onTestFinished, `redis://:hunter3@127.0.0.1:${server.port}`)
    await expect(opening).rejects.toThrow(UsageError)
    await expect(opening).rejects.toThrow('WRONGPASS')
    await expect(opening).rejects.not.toThrow('hunter3')
  })

  test('TLS: an import finishes where its authority is trusted, and nothing is sent where not', async ({
    onTestFinished,
  }) => {
    const certificates = makeCertificates(temporaryFolder(onTestFinished))
    const server = await startServer(onTestFinished, [...tlsSettings(certificates), 'requirepass hunter2'])
    const trial = await prepare(onTestFinished, `rediss://:hunter2@127.0.0.1:${server.port}`)

    const refused = await run(withEnv(trial.where, { NODE_TLS_REJECT_UNAUTHORIZED: '0' }), IMPORT)
    expect(refused.status).toBe(2)
    expect(refused.stderr).toMatch(/does not answer \(.*certificate/)

    const { status, stderr } = await run(withEnv(trial.where, { NODE_EXTRA_CA_CERTS: certificates.authority }), IMPORT)
    expect(status, stderr).toBe(0)
    expectAllDone(trial)
  })

  test.for([
    { form: 'Sentinel', startServers: startSentinel },
    { form: 'Cluster', startServers: startCluster },
  ])('TLS: an import finishes on a $form that speaks nothing else', async ({ startServers }, context) => {
    const tls = makeCertificates(temporaryFolder(context.onTestFinished))
    const { url } = await startServers(context.onTestFinished, { password: 'hunter2', tls })
    const trial = await prepare(context.onTestFinished, url)

    const { status, stderr } = await run(withEnv(trial.where, { NODE_EXTRA_CA_CERTS: tls.authority }), IMPORT)

    expect(url).toMatch(/^rediss\+/)
    expect(status, stderr).toBe(0)
    expectAllDone(trial)
  })

  test('Sentinel: the master is killed with -9, a replica takes its place, and the import goes on', async ({
    onTestFinished,
  }) => {
    const { url, master } = await startSentinel(onTestFinished)
    const trial = await prepare(onTestFinished, url)
    await importThroughDeathOf(master, trial)
  })

  test('Sentinel: it and its servers have a password each', async ({ onTestFinished }) => {
    const { url, master } = await startSentinel(onTestFinished, { password: 'hunter2' }, 'hunter3')
    const wrong = openRedis(onTestFinished, url.replace('hunter3', 'hunter4'))
    await expect(wrong).rejects.toThrow('WRONGPASS')
    await expect(wrong).rejects.not.toThrow(/hunter\d/)

    const broker = await openRedis(onTestFinished, url)
    await broker.setRunState('run', 'parked')
    await broker.redis?.wait(1, 0)
    await master.kill()

    expect(await broker.runState('run')).toBe('parked')
  })

  test('Sentinel: a name that it does not know is refused', async ({ onTestFinished }) => {
    const { url } = await startSentinel(onTestFinished)
    const opening = openRedis(onTestFinished, url.replace('/members', '/customers'))
    await expect(opening).rejects.toThrow(UsageError)
    await expect(opening).rejects.toThrow('does not answer')
  })

  test('Cluster: an import and a worker process finish, with all keys on one node', async ({ onTestFinished }) => {
    const cluster = await startCluster(onTestFinished, { password: 'hunter2' })
    const trial = await prepare(onTestFinished, cluster.url)
    write(trial.where, 'plan.yaml', membersPlan.replaceAll('none', '60000'))
    start(trial.where, ['worker'])
    const { status, stderr } = await run(trial.where, [...IMPORT, '--no-workers'])
    expect(status, stderr).toBe(0)
    expectAllDone(trial)
    const nodes = (await cluster.keys()).filter((keys) => keys.length > 0)
    expect(nodes).toHaveLength(1)
    expect(nodes.flat().filter((key) => !key.startsWith(`${PREFIX}:`))).toEqual([])
  })

  test('Cluster: whoever waits for a node that is away is told once, and has the answer when it is back', async ({
    onTestFinished,
  }) => {
    const cluster = await startCluster(onTestFinished)
    const broker = await openRedis(onTestFinished, cluster.url)
    const said: boolean[] = []
    broker.onConnection((lost) => said.push(lost !== undefined))
    let tries = 0
    broker.redis?.on('-node', () => (tries += 1))
    await broker.setRunState('run', 'parked')
    const node = await cluster.nodeOf(`${PREFIX}:run-states`)

    await node.kill()
    const state = broker.runState('run')
    const slot = laneSlots(broker, 'account', 'register').take({ run: 'run', rpm: 600 }, 60_000)
    await until('the loss is told', () => said.length > 0)
    // A Cluster's client would give up after 16 of them.
    await until('the node was tried 20 times', () => tries >= 20)
    await node.start()

    expect(await state).toBe('running')
    expect((await slot).waitMs).toBeGreaterThan(0)
    await until('the return is told', () => said.length > 1)
    expect(said).toEqual([true, false])
  })

  test('Cluster: a worker whose first connection is refused takes jobs once there is room', async ({
    onTestFinished,
  }) => {
    const { url, nodes } = await startCluster(onTestFinished)
    const broker = await openRedis(onTestFinished, url)
    const held = await Promise.all(nodes.map(({ port }) => holdConnection(onTestFinished, port)))
    await Promise.all(held.map((one) => one.config('SET', 'maxclients', '1')))
    await expect(openBroker({ redisUrl: url, home: '' })).rejects.toThrow('Redis has no connection left for anybody')

    const done: number[] = []
    const errors: Error[] = []
    const worker = broker.worker<{ rows: number[] }>('queue', async ({ data }) => void done.push(...data.rows), {
      concurrency: 1,
      onError: (error) => errors.push(error),
    })
    onTestFinished(() => worker.close())
    await until('it is refused more than once', () => errors.length > 2)
    await Promise.all(held.map((one) => one.config('SET', 'maxclients', '100')))
    await broker.queue<{ rows: number[] }>('queue').add('batch', { rows: [1] })

    await until('the job is done', () => done.length === 1)
  })

  test('Cluster: the node with the keys is killed with -9, its replica takes its place, and the import goes on', async ({
    onTestFinished,
  }) => {
    const cluster = await startCluster(onTestFinished)
    const broker = await openRedis(onTestFinished, cluster.url)
    await broker.setRunState('another', 'parked')
    const master = await cluster.nodeOf(`${PREFIX}:run-states`)
    await cluster.addReplica(master)
    const trial = await prepare(onTestFinished, cluster.url)
    await importThroughDeathOf(master, trial)
  })

  test('advises where Redis may forget jobs, and not where it is set up for them', async ({ onTestFinished }) => {
    const forgetful = await startServer(onTestFinished, ['appendonly no', 'maxmemory-policy allkeys-lru'])
    const sound = await startServer(onTestFinished, ['appendonly yes', 'maxmemory-policy noeviction'])
    const advice = async (port: number) => (await openRedis(onTestFinished, `redis://127.0.0.1:${port}`)).advice()
    expect(await advice(forgetful.port)).toEqual([
      expect.stringContaining('set maxmemory-policy to noeviction'),
      expect.stringContaining('set appendonly to yes'),
    ])
    expect(await advice(sound.port)).toEqual([])
  })

  test('says nothing of a Redis that does not tell how it is set up', async ({ onTestFinished }) => {
    const { port } = await startServer(onTestFinished, ['appendonly no'])
    const broker = await openRedis(onTestFinished, `redis://127.0.0.1:${port}`)
    await ask(port, [['acl', 'setuser', 'default', '-info']])
    expect(await broker.advice()).toEqual([])
  })
})

function withEnv(where: Place, env: Readonly<Record<string, string>>): Place {
  return { ...where, env: { ...where.env, ...env } }
}

interface Trial {
  readonly where: Place
  readonly simulator: Simulator
}

type Later = TestContext['onTestFinished']

async function prepare(later: Later, url: string): Promise<Trial> {
  const simulator = await startSimulator({ latencyMs: 20, slowMs: 2_000 })
  later(() => simulator.close())
  const where = await placeOn(simulator.url, { url }, later)
  write(where, 'members.csv', membersCsv(ROWS))
  write(where, 'plan.yaml', membersPlan)
  return { where, simulator }
}

async function openRedis(later: Later, redisUrl: string): Promise<Broker> {
  const broker = await openBroker({ home: temporaryFolder(later), redisUrl })
  later(() => broker.close())
  return broker
}

/** Kills the server that holds the keys in the middle of an import, which ends well and tells of it once. */
async function importThroughDeathOf(master: { kill(): Promise<void> }, trial: Trial): Promise<void> {
  const { where, simulator } = trial
  const importing = start(where, IMPORT)
  await until('a third is registered', () => simulator.stats().registrations >= ROWS / 3)
  simulator.setFaults({ slow: 1 })
  await master.kill()
  await until('the import has noticed', () => importing.stderr().includes('connection to Redis is lost'))
  expect(simulator.stats().registrations).toBeLessThan(ROWS)
  simulator.setFaults({})

  const { status, stderr } = await importing.finished

  expect(status, stderr).toBe(0)
  expectAllDone(trial)
  // In a line of its own: one of progress says why a lane is down.
  expect(count(stderr, '\nThe connection to Redis is lost')).toBe(1)
  expect(count(stderr, 'Redis is back')).toBe(1)
}

/** Every row says that its member was registered and linked, and each of them was, once. */
function expectAllDone({ where, simulator }: Trial): void {
  const said = readReport(where, 'results.csv').map(({ external_id, _register, _link }) => [
    external_id,
    _register,
    _link,
  ])
  expect(said).toEqual(Array.from({ length: ROWS }, (_, at) => [`M-${at + 1}`, 'registered', 'linked']))
  expect(simulator.stats()).toMatchObject({
    registrations: ROWS,
    doubleRegistrations: 0,
    linksMade: ROWS,
    linksMadeTwice: 0,
  })
}

function count(text: string, what: string): number {
  return text.split(what).length - 1
}

/** A connection that may change settings where no other one is let in. */
async function holdConnection(later: TestContext['onTestFinished'], port: number): Promise<Redis> {
  const held = new Redis(port, '127.0.0.1')
  later(() => held.disconnect())
  await held.ping()
  return held
}
