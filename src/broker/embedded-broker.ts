import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite, types } from '@electric-sql/pglite'
import { type PgPool, Queue, Worker, createPostgresBackend, runMigrations } from 'bullmq'
import { takeFileLock } from '../file-lock.ts'
import { UsageError } from '../model.ts'
import type { Broker, RunState } from './broker.ts'
import { jobOptions, workerOptions } from './job-options.ts'
import { pglitePool } from './pglite-pool.ts'

/**
 * The broker inside this process: BullMQ's Postgres backend on PGlite, stored in `<home>/broker`.
 * Throws a UsageError where another process has it open: it serves one at a time.
 */
export async function openEmbeddedBroker(home: string): Promise<Broker> {
  const folder = join(home, 'broker')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const unlock = takeFileLock(join(folder, 'lock'))
  if (unlock === undefined) {
    throw new UsageError(
      `Another rollcall is at work with the embedded broker in ${folder}, which serves one process at a time. ` +
        'Wait for it, give this one another --home, or set REDIS_URL to run several at once.',
    )
  }
  const database = await openDatabase(join(folder, 'postgres'))
  const pool = pglitePool(database)
  const queues = new Map<string, Queue<unknown>>()
  const runStates = new Map<string, RunState>()

  return {
    kind: 'embedded',
    queue<Data>(name: string) {
      const queue = queues.get(name) ?? openQueue(name, pool)
      queues.set(name, queue)
      return queue as Queue<Data, void, string>
    },
    worker(name, process, { concurrency, onError }) {
      const worker = new Worker(
        name,
        process,
        { ...workerOptions, connection: pool, concurrency },
        createPostgresBackend,
      )
      worker.on('error', onError)
      return worker as unknown as Worker
    },
    setRunState(run, state) {
      runStates.set(run, state)
      return Promise.resolve()
    },
    runState(run) {
      return Promise.resolve(runStates.get(run) ?? 'running')
    },
    // It lives in this process: there is no connection to lose.
    onConnection() {},
    async close() {
      await Promise.all([...queues.values()].map((queue) => queue.close()))
      await database.close()
      unlock()
    },
  }
}

// BullMQ's types tell its backends apart; the rest of us does not.
function openQueue(name: string, pool: PgPool): Queue<unknown> {
  const queue = new Queue(name, { connection: pool, defaultJobOptions: jobOptions }, createPostgresBackend)
  return queue as unknown as Queue<unknown>
}

const asText = (value: string) => value

async function openDatabase(folder: string): Promise<PGlite> {
  // As node-postgres gives them, and as BullMQ expects: 64-bit integers as text.
  const database = await PGlite.create(folder, { parsers: { [types.INT8]: asText, [types.NUMERIC]: asText } })
  const session = await pglitePool(database).connect()
  await runMigrations(session)
  session.release()
  await database.exec('SET search_path TO bullmq')
  return database
}
