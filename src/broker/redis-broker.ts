import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import { UsageError } from '../model.ts'
import type { Broker, RunState } from './broker.ts'
import { PREFIX, jobOptions, workerOptions } from './job-options.ts'

const RUN_STATES = `${PREFIX}:run-states`

/**
 * The broker on Redis or a compatible server.
 * `url`: `redis://[user:password@]host[:port][/database]`, or `rediss://` for TLS.
 */
export async function openRedisBroker(url: string): Promise<Broker> {
  const connection = await connect(url)
  const queues = new Map<string, Queue>()
  const listeners: ((lost: string | undefined) => void)[] = []
  let lost = false
  const tell = (reason: string | undefined) => {
    if (lost === (reason !== undefined)) return
    lost = reason !== undefined
    for (const listener of listeners) listener(reason)
  }
  connection.on('close', () => tell('the connection to Redis is lost; trying again until it is back'))
  connection.on('ready', () => tell(undefined))

  return {
    kind: 'redis',
    redis: connection,
    queue<Data>(name: string) {
      const queue = queues.get(name) ?? openQueue(name, connection)
      queues.set(name, queue)
      return queue as Queue<Data, void, string>
    },
    worker(name, process, { concurrency, onError }) {
      const worker = new Worker(name, process, { ...workerOptions, connection, prefix: PREFIX, concurrency })
      worker.on('error', onError)
      return worker
    },
    async setRunState(run, state) {
      if (state === 'running') await connection.hdel(RUN_STATES, run)
      else await connection.hset(RUN_STATES, run, state)
    },
    async runState(run) {
      return toRunState(await connection.hget(RUN_STATES, run))
    },
    onConnection(listener) {
      listeners.push(listener)
    },
    async close() {
      listeners.length = 0
      await Promise.all([...queues.values()].map((queue) => queue.close()))
      connection.disconnect()
    },
  }
}

async function connect(url: string): Promise<Redis> {
  if (!/^rediss?:\/\//.test(url)) {
    throw new UsageError(
      `REDIS_URL is ${JSON.stringify(withoutPassword(url))}: expected redis://host:6379 or rediss://host:6379`,
    )
  }
  // Commands wait for as long as Redis is away: an import outlives its restart.
  const connection = new Redis(url, {
    maxRetriesPerRequest: null,
    lazyConnect: true,
    retryStrategy: (times) => Math.min(50 * 2 ** Math.min(times, 5), 1_000),
  })
  let lastError: Error | undefined
  connection.on('error', (error: Error) => (lastError = error))
  try {
    await withTimeout(connection.connect(), CONNECT_TIMEOUT_MS)
  } catch (error) {
    connection.disconnect()
    const cause = lastError ?? error
    throw new UsageError(
      `Redis at ${withoutPassword(url)} does not answer (${cause instanceof Error ? cause.message : String(cause)}). ` +
        'Start it, mend REDIS_URL, or leave REDIS_URL away to use the embedded broker.',
    )
  }
  return connection
}

const CONNECT_TIMEOUT_MS = 5_000

async function withTimeout<T>(promise: Promise<T>, ms: number): Promise<T> {
  const { promise: timeout, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no connection within ${ms / 1000} seconds`)), ms)
  try {
    return await Promise.race([promise, timeout])
  } finally {
    clearTimeout(timer)
  }
}

function openQueue(name: string, connection: Redis): Queue {
  const queue = new Queue(name, {
    connection,
    prefix: PREFIX,
    defaultJobOptions: jobOptions,
    // Nobody reads the events; they would only grow.
    streams: { events: { maxLen: 100 } },
  })
  // Told once, by the connection itself.
  queue.on('error', () => {})
  return queue
}

function toRunState(value: string | null): RunState {
  return value === 'parked' || value === 'cancelled' ? value : 'running'
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/.*@/, '//…@')
}
