import { Queue, Worker } from 'bullmq'
import type { Broker, Process, RunState, WorkerSettings } from './broker.ts'
import { PREFIX, jobFailed, jobOptions, workerOptions } from './job-options.ts'
import { silenceEvictionWarnings } from './eviction.ts'
import { keepLocks } from './keep-locks.ts'
import { farOff, promoteDue } from './promote-due.ts'
import { adviseRedis } from './redis-advice.ts'
import { redisDelays } from './redis-delays.ts'
import { readRedisUrl } from './redis-address.ts'
import { refusalOnConnect } from './redis-greeting.ts'
import { readGeneration } from './redis-generation.ts'
import { type RedisConnection, connectRedis } from './redis-connection.ts'
import { unlessHollow } from './unless-hollow.ts'
import { watchRedis } from './watch-redis.ts'
import { redisRegistry } from './worker-registry.ts'
import { writeHeld } from './redis-holding.ts'

const RUN_STATES = `${PREFIX}:run-states`

/**
 * The broker on Redis or a compatible server: a single one, one that Sentinels watch over, or a Cluster.
 * `url`: as redis-address.ts reads it. Throws a UsageError where it is wrong, or Redis does not answer.
 */
export async function openRedisBroker(url: string): Promise<Broker> {
  silenceEvictionWarnings()
  const connection = await connectRedis(url)
  const queues = new Map<string, Queue>()
  const delays = redisDelays(connection)
  const listeners: ((lost: string | undefined) => void)[] = []
  let generation: Promise<string | undefined> | undefined
  // Nothing of another generation can be read before the connection to this one was closed.
  connection.on('close', () => (generation = undefined))
  const watch = watchRedis(
    connection,
    () => refusalOnConnect(readRedisUrl(url)),
    (away) => {
      for (const listener of listeners) listener(away)
    },
  )

  const queueOf = (name: string) => {
    const queue = queues.get(name) ?? openQueue(name, connection)
    queues.set(name, queue)
    return queue
  }

  return {
    kind: 'redis',
    redis: connection,
    registry: redisRegistry(connection),
    queue<Data>(name: string) {
      return queueOf(name) as Queue<Data, void, string>
    },
    worker<Data>(name: string, process: Process<Data>, { concurrency, putsBack, onError }: WorkerSettings) {
      const worker = keepLocks<Data>(unlessHollow(process), (holding) => {
        return new Worker(name, holding, { ...workerOptions, connection, prefix: PREFIX, concurrency })
      })
      worker.on('error', onError)
      worker.on('failed', (_job, error) => onError(jobFailed(error)))
      if (putsBack === true) promoteDue(worker, queueOf(name), { delays })
      return worker
    },
    writeHeld: (job, token, field) => writeHeld(connection, job, token, field),
    async putBack(job, token, afterMs) {
      if (afterMs !== undefined) await delays.add(job.queueName, job.id ?? '', afterMs)
      await job.moveToDelayed(farOff(), token)
    },
    async setRunState(run, state) {
      if (state === 'running') await connection.hdel(RUN_STATES, run)
      else await connection.hset(RUN_STATES, run, state)
    },
    async runState(run) {
      return toRunState(await connection.hget(RUN_STATES, run))
    },
    generation: () => (generation ??= readGeneration(connection)),
    onConnection(listener) {
      listeners.push(listener)
    },
    away: watch.away,
    patiently: (work) => watch.patience.run(work),
    abandon() {
      watch.close()
      // Not by BullMQ, which first waits for a connection that is yet to be made.
      for (const each of [connection, ...connection.duplicates]) each.disconnect()
    },
    advice: () => adviseRedis(connection),
    async close() {
      listeners.length = 0
      watch.close()
      await Promise.all([...queues.values()].map((queue) => queue.close()))
      connection.disconnect()
    },
  }
}

function openQueue(name: string, connection: RedisConnection): Queue {
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
  return STATES.find((state) => state === value) ?? 'running'
}

const STATES: readonly RunState[] = ['few-left', 'last-rows', 'parked', 'cancelled']
