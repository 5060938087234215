import { once } from 'node:events'
import { type AddressInfo, connect, createServer } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { Redis } from 'ioredis'
import { type TestContext, describe, expect, test, vi } from 'vitest'
import type { Broker } from '../../src/broker/broker.ts'
import { openBroker } from '../../src/broker/open-broker.ts'
import { reconnectNowAndThen } from '../../src/broker/patient-redis.ts'
import { refusalWords } from '../../src/broker/redis-refusal.ts'
import { UsageError } from '../../src/model.ts'
import { laneSlots } from '../../src/pace/lane-slots.ts'
import { hasRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'
import { startServer } from './servers.ts'

interface Data {
  readonly rows: readonly number[]
}

type Later = TestContext['onTestFinished']

// Side by side: most of their time goes into waiting.
describe.skipIf(!hasRedis)('what waits while Redis cannot be worked with', { concurrent: true }, () => {
  test.for([
    ['is full', ['maxmemory', '1'], ['maxmemory', '0'], 'Redis is full'],
    ['is a replica', ['replicaof'], [], 'Redis takes no writes, as it is a replica'],
    ['has too few replicas', ['min-replicas-to-write', '1'], ['min-replicas-to-write', '0'], 'too few of its replicas'],
  ] as const)('is told why where it %s, and goes on by itself', async ([, set, unset, words], { onTestFinished }) => {
    const { broker, said, admin } = await setUp(onTestFinished)
    const queue = broker.queue<Data>('queue')
    const done: number[] = []
    await change(admin, set)

    const adding = queue.add('batch', { rows: [1] }, { jobId: 'a' })
    const many = broker.patiently(() => queue.addBulk([{ name: 'batch', data: { rows: [2] }, opts: { jobId: 'b' } }]))
    const others = [
      many,
      broker.setRunState('run', 'parked'),
      laneSlots(broker, 'account', 'lane').take({ run: 'run', rpm: 600 }, 60_000),
    ]
    await until('it is told', () => said.length > 0)
    expect(said).toEqual([expect.stringContaining(words)])
    expect(broker.away()).toBe(said[0])
    await change(admin, unset)

    await Promise.all([adding, ...others])
    await until('it is told that it is over', () => said.length > 1)
    expect([said, broker.away()]).toEqual([[expect.any(String), undefined], undefined])
    expect(await broker.runState('run')).toBe('parked')
    const worker = broker.worker<Data>('queue', async ({ data }) => void done.push(...data.rows), {
      concurrency: 1,
      onError: () => {},
    })
    onTestFinished(() => worker.close())
    await until('the jobs are done', () => done.length === 2)
  })

  test('is told that Redis is silent within 10 seconds, and ends where it is given up', async ({ onTestFinished }) => {
    const { broker, said, server } = await setUp(onTestFinished)
    const worker = broker.worker('queue', () => Promise.resolve(), { concurrency: 1, onError: () => {} })
    await worker.waitUntilReady()
    const stoppedAt = performance.now()
    server.signal('SIGSTOP')
    onTestFinished(() => server.signal('SIGCONT'))

    const waiting = broker.setRunState('run', 'parked').catch(String)
    await until('it is told', () => said.length > 0)
    expect(performance.now() - stoppedAt).toBeLessThan(10_000)
    expect(said).toEqual([expect.stringContaining('Redis does not answer')])

    broker.abandon()
    expect(await waiting).toContain('Connection is closed')
    await worker.close(true)
    await expect(broker.setRunState('run', 'running')).rejects.toThrow('Connection is closed')
  })

  test('a worker whose connection is lost before it could use it ends where Redis is given up', async ({
    onTestFinished,
  }) => {
    const server = await startServer(onTestFinished, ['save ""'])
    let infos = 0
    const relay = createServer((from) => {
      const to = connect(server.port, '127.0.0.1')
      pipeline(from, to, from).catch(() => {})
      // On each connection ioredis asks whether the server has its data, and then BullMQ which version it is.
      from.on('data', (sent: Buffer) => {
        if (sent.includes('$4\r\ninfo') && ++infos === 4) {
          relay.close()
          from.destroy()
        }
      })
    })
    await once(relay.listen(0, '127.0.0.1'), 'listening')
    const { port } = relay.address() as AddressInfo
    const broker = await openBroker({ redisUrl: `redis://127.0.0.1:${port}`, home: '' })
    const onError = vi.fn<(error: Error) => void>()
    const worker = broker.worker('queue', () => Promise.resolve(), { concurrency: 1, onError })
    await until('nobody listens', () => onError.mock.calls.some(([error]) => error.message.includes('ECONNREFUSED')))
    const closed = worker.close()

    broker.abandon()
    await closed
  })

  test('a broker that is closed does not ask Redis why its connection has ended', async ({ onTestFinished }) => {
    const server = await startServer(onTestFinished, ['save ""'])
    let connections = 0
    const relay = createServer((from) => {
      connections += 1
      pipeline(from, connect(server.port, '127.0.0.1'), from).catch(() => {})
    })
    onTestFinished(() => void relay.close())
    await once(relay.listen(0, '127.0.0.1'), 'listening')
    const { port } = relay.address() as AddressInfo
    const broker = await openBroker({ redisUrl: `redis://127.0.0.1:${port}`, home: '' })
    expect(connections).toBe(1)
    const ended = once(broker.redis as Redis, 'end')
    await broker.close()
    await ended

    // Whoever had asked would have come before this one.
    const next = connect(port, '127.0.0.1')
    await until('the next one is there', () => connections > 1)
    next.destroy()
    expect(connections).toBe(2)
  })

  test('is told that Redis has no connection left, at the start and later', async ({ onTestFinished }) => {
    const { broker, said, admin, url } = await setUp(onTestFinished)
    await change(admin, ['maxclients', '1'])
    const opening = openBroker({ redisUrl: url, home: '' })
    await expect(opening).rejects.toThrow(UsageError)
    await expect(opening).rejects.toThrow(
      /^Redis has no connection left for anybody \(ERR max number of clients reached\): raise its maxclients.*at redis:/,
    )

    await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
    await until('it is told', () => said.some((words) => words?.includes('no connection left') === true))
    await change(admin, ['maxclients', '100'])
    await until('it is told that it is over', () => said.at(-1) === undefined)
    expect(await broker.runState('run')).toBe('running')
  })

  test('a worker whose first connection is refused takes jobs once there is room', async ({ onTestFinished }) => {
    const { broker, admin } = await setUp(onTestFinished)
    await change(admin, ['maxclients', '2'])
    const done: number[] = []
    const onError = vi.fn<(error: Error) => void>()
    const worker = broker.worker<Data>('queue', async ({ data }) => void done.push(...data.rows), {
      concurrency: 1,
      onError,
    })
    onTestFinished(() => worker.close())
    await until('it is refused', () => onError.mock.calls.length > 0)

    await change(admin, ['maxclients', '100'])
    await broker.queue<Data>('queue').add('batch', { rows: [1] })

    await until('the job is done', () => done.length === 1)
  })

  test('goes on with another connection where one goes silent for good', async ({ onTestFinished }) => {
    const { broker, said, server } = await setUp(onTestFinished)
    server.signal('SIGSTOP')
    onTestFinished(() => server.signal('SIGCONT'))
    const waiting = broker.runState('run')
    await until('the connection is given up', () => said.some((words) => words?.includes('is lost') === true))
    server.signal('SIGCONT')
    expect(await waiting).toBe('running')
    await until('it is told that it is back', () => said.at(-1) === undefined)
  })

  test('is told that Redis asks for a password, at the start and later', async ({ onTestFinished }) => {
    const { broker, said, admin, url, server } = await setUp(onTestFinished)
    await admin.config('SET', 'requirepass', 'hunter2')
    const opening = openBroker({ redisUrl: url, home: '' })
    await expect(opening).rejects.toThrow(UsageError)
    await expect(opening).rejects.toThrow(
      /^Redis asks for a password: put it into REDIS_URL.*\(NOAUTH\)\. It is at redis:/,
    )
    const wrong = openBroker({ redisUrl: `redis://:hunter3@127.0.0.1:${server.port}`, home: '' })
    await expect(wrong).rejects.toThrow(/^Redis does not take the user or the password in REDIS_URL \(WRONGPASS\)/)

    await admin.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
    const asking = broker.runState('run')
    await until('it is told', () => said.some((words) => words?.includes('asks for a password') === true))
    await admin.config('SET', 'requirepass', '')
    expect(await asking).toBe('running')
    await until('it is told that it is back', () => said.at(-1) === undefined)
  })
})

test.each([
  ["OOM command not allowed when used memory > 'maxmemory'.", 'is full'],
  ["ERR user_script:7: OOM command not allowed when used memory > 'maxmemory'.", 'is full'],
  ["READONLY You can't write against a read only replica.", 'is a replica'],
  ['MISCONF Errors writing to the AOF file: No space left on device', 'cannot save to its disk'],
  ['LOADING Redis is loading the dataset in memory', 'is still loading'],
  ['CLUSTERDOWN The cluster is down', 'a part is away'],
  ['NOAUTH HELLO must be called with the client already authenticated', 'asks for a password'],
  ["NOPERM this user has no permissions to run the 'eval' command", 'does not allow its user'],
  ["ERR ACL failure in script: User a has no permissions to run the 'hset' command", 'does not allow its user'],
  ["NOPERM User default has no permissions to run the 'info' command", undefined],
  ['ERR wrong number of arguments', undefined],
  ['WRONGTYPE Operation against a key', undefined],
  ['NOSCRIPT No matching script', undefined],
  ['Connection is closed.', undefined],
])('%s: %s', (message, words) => {
  const said = refusalWords(new Error(message))
  if (words === undefined) expect(said).toBeUndefined()
  else expect(said).toContain(words)
})

test('a server that stays a replica sees a new connection now and then, and not for each refusal', ({
  onTestFinished,
}) => {
  vi.useFakeTimers({ toFake: ['performance'] })
  onTestFinished(() => void vi.useRealTimers())
  const readOnly = new Error("READONLY You can't write against a read only replica.")
  const reconnects = reconnectNowAndThen()
  expect([readOnly, readOnly, new Error('OOM'), readOnly].map(reconnects)).toEqual([true, false, false, false])
  vi.advanceTimersByTime(2_000)
  expect([new Error('OOM'), readOnly, readOnly].map(reconnects)).toEqual([false, true, false])
})

test('what the server says to the first words on a connection keeps others waiting, too', () => {
  const full = Object.assign(new Error('ERR max number of clients reached'), { command: { name: 'hello', args: [] } })
  expect(refusalWords(full)).toContain('has no connection left for anybody (ERR max number of clients reached)')
  expect(refusalWords(Object.assign(full, { command: { name: 'get', args: [] } }))).toBeUndefined()
})

/** A server of its own, a broker on it, and what that says of its connection. */
async function setUp(later: Later): Promise<{
  broker: Broker
  said: (string | undefined)[]
  admin: Redis
  url: string
  server: Awaited<ReturnType<typeof startServer>>
}> {
  const server = await startServer(later, ['save ""', 'appendonly yes'])
  const url = `redis://127.0.0.1:${server.port}`
  const admin = new Redis(server.port)
  later(() => admin.disconnect())
  const broker = await openBroker({ redisUrl: url, home: '' })
  later(async () => {
    broker.abandon()
    await broker.close().catch(() => {})
  })
  const said: (string | undefined)[] = []
  broker.onConnection((away) => said.push(away))
  return { broker, said, admin, url, server }
}

async function change(admin: Redis, setting: readonly string[]): Promise<void> {
  const [name, value] = setting
  // A port on which nobody listens: it stays a replica without a master.
  if (name === 'replicaof') await admin.replicaof('127.0.0.1', 1)
  else if (name === undefined || value === undefined) await admin.replicaof('NO', 'ONE')
  else await admin.config('SET', name, value)
}
