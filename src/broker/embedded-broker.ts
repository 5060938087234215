import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { PGlite, types } from '@electric-sql/pglite'
import { type PgPool, Queue, Worker, createPostgresBackend } from 'bullmq'
import { takeFileLock } from '../file-lock.ts'
import { BusyError } from '../model.ts'
import type { Broker, Process, RunState, WorkerSettings } from './broker.ts'
import { hasSmallLog, placeDatabase, readDatabaseFiles } from './database-files.ts'
import { jobFailed, jobOptions, workerOptions } from './job-options.ts'
import { keepLocks } from './keep-locks.ts'
import { localDelays } from './local-delays.ts'
import { localRegistry } from './local-registry.ts'
import { pglitePool } from './pglite-pool.ts'
import { prepareDatabase } from './prepare-database.ts'
import { farOff, promoteDue } from './promote-due.ts'
import { vacuumNowAndThen } from './vacuum.ts'

/**
 * The broker inside this process: BullMQ's Postgres backend on PGlite, stored in `<home>/broker`.
 * Throws a BusyError where another process has it open: it serves one at a time.
 */
export async function openEmbeddedBroker(home: string): Promise<Broker> {
  const folder = join(home, 'broker')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const unlock = takeFileLock(join(folder, 'lock'))
  if (unlock === undefined) {
    throw new BusyError(
      `Another rollcall is at work with the embedded broker in ${folder}, which serves one process at a time. ` +
        'Wait for it, give this one another --home, or set REDIS_URL to run several at once.',
    )
  }
  const database = await openDatabase(join(folder, 'postgres'))
  const pool = pglitePool(database, vacuumNowAndThen(database))
  const queues = new Map<string, Queue<unknown>>()
  const delays = localDelays()

  const queueOf = (name: string) => {
    const queue = queues.get(name) ?? openQueue(name, pool)
    queues.set(name, queue)
    return queue
  }

  return {
    kind: 'embedded',
    registry: localRegistry(folder),
    queue<Data>(name: string) {
      return queueOf(name) as Queue<Data, void, string>
    },
    worker<Data>(name: string, process: Process<Data>, { concurrency, putsBack, onError }: WorkerSettings) {
      // Nobody else can hold its jobs: those of the dead were released when it was opened.
      const settings = { ...workerOptions, connection: pool, concurrency, skipStalledCheck: true }
      const worker = keepLocks<Data>(process, (holding) => {
        return new Worker(name, holding, settings, createPostgresBackend) as unknown as Worker<Data, void, string>
      })
      worker.on('error', onError)
      worker.on('failed', (_job, error) => onError(jobFailed(error)))
      if (putsBack === true) promoteDue(worker, queueOf(name), { delays })
      return worker
    },
    async writeHeld(job, token, { name, value }) {
      if ((await job.extendLock(token, workerOptions.lockDuration)) !== 1) return false
      if (name === 'data') await job.updateData(value)
      else await job.updateProgress(value as object)
      return true
    },
    async putBack(job, token, afterMs) {
      if (afterMs !== undefined) await delays.add(job.queueName, job.id ?? '', afterMs)
      await job.moveToDelayed(farOff(), token)
    },
    // Stored with the jobs: those of a paused run stay where they are, whoever opens the broker next.
    async setRunState(run, state) {
      if (state === 'running') await database.query('DELETE FROM run_state WHERE run = $1', [run])
      else {
        await database.query(
          'INSERT INTO run_state VALUES ($1, $2) ON CONFLICT (run) DO UPDATE SET state = excluded.state',
          [run, state],
        )
      }
    },
    async runState(run) {
      const { rows } = await database.query<{ state: RunState }>('SELECT state FROM run_state WHERE run = $1', [run])
      return rows[0]?.state ?? 'running'
    },
    generation: () => Promise.resolve(undefined),
    // It lives in this process: there is no connection to lose.
    onConnection() {},
    away: () => undefined,
    patiently: (work) => work(),
    abandon() {},
    advice: () => Promise.resolve([]),
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

/** The database's defaults are those of a server: a window of jobs fits into much less. */
const MEMORY = ['shared_buffers=4MB', 'temp_buffers=800kB', 'wal_buffers=256kB']
/** For a log in segments of a megabyte, as the packed database has it: one of larger segments does not start with that. */
const SMALL_LOG = ['min_wal_size=2MB', 'max_wal_size=32MB']

/**
 * V8 compiles WebAssembly a second time where it is used much. Of a database that is one import's, this takes longer than it
 * gains, and 50 to 80 MB (`npm run bench -- against … start`).
 */
const COMPILED_ONCE = ['--liftoff-only', '--no-wasm-dynamic-tiering', '--no-wasm-tier-up']

const asText = (value: string) => value

async function openDatabase(folder: string): Promise<PGlite> {
  // As node-postgres gives them, and as BullMQ expects: 64-bit integers as text.
  const parsers = { [types.INT8]: asText, [types.NUMERIC]: asText }
  await placeDatabase(folder)
  for (const flag of COMPILED_ONCE) setFlagsFromString(flag)
  const settings = [...MEMORY, ...((await hasSmallLog(folder)) ? SMALL_LOG : [])]
  const startParams = [...PGlite.defaultStartParams, ...settings.flatMap((setting) => ['-c', setting])]
  const database = await PGlite.create(folder, { parsers, startParams, ...(await readDatabaseFiles()) })
  await prepareDatabase(database)
  await releaseJobs(database)
  return database
}

/**
 * Who opens the broker is alone with it, as the file lock proves: jobs that somebody holds are held by the dead. They go
 * back to where they were in the line, rather than wait for their locks to end; and so do those that were put back, as
 * nobody knows any more for how long.
 */
async function releaseJobs(database: PGlite): Promise<void> {
  await database.query(
    `UPDATE job SET state = 'waiting', lock_token = NULL, locked_until_ms = NULL, stalled_marked = false,
       process_at_ms = NULL, delay_ms = 0
     WHERE state = 'active' OR (state = 'delayed' AND process_at_ms > $1)`,
    [Math.floor((Date.now() + farOff()) / 2)],
  )
}
