import { createHash } from 'node:crypto'
import { renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { openBroker } from '../../broker/open-broker.ts'
import { accountId } from '../../capillary/credentials.ts'
import { refuseUnknownHost } from '../../capillary/known-host.ts'
import { takeFileLock } from '../../file-lock.ts'
import { defaultLimit } from '../../lanes/default-limit.ts'
import { UsageError } from '../../model.ts'
import { readRuns } from '../../run/list-runs.ts'
import { type RunRecord, createRunFolder, newRunId, saveRunRecord } from '../../run/run-record.ts'
import type { Priority } from '../../run/turn-taker.ts'
import { hashFiles } from '../../source/hash-file.ts'
import type { Environment } from '../environment.ts'
import type { OpenImport } from '../input/open-import.ts'
import { runLimits } from './run-limits.ts'
import { type SessionEnd, runSession } from '../session/run-session.ts'
import type { StopSignal } from '../../cli/stop-signal.ts'
import { formatCount } from '../../words.ts'

export interface StartOptions {
  readonly environment: Environment
  /** Rows to read at most. */
  readonly limit?: number
  readonly priority: Priority
  /** Import the very file that was imported under this plan before. */
  readonly again: boolean
  /** Whether this process works on the lanes itself. */
  readonly workers: boolean
  /** The sync and night that the run is for. */
  readonly sync?: string
  readonly stop: StopSignal
  readonly log: Logger
}

/**
 * Makes a new run of a file and a plan, and works on it until it is finished, paused, halted or cancelled.
 * Throws a UsageError, before there is a run, where the account, the host or the broker is wrong or missing, or where
 * the file was imported under this plan before.
 */
export async function startRun(open: OpenImport, options: StartOptions): Promise<SessionEnd> {
  const { environment, workers, log, stop } = options
  if (!workers && environment.redisUrl === undefined) {
    throw new UsageError(
      '--no-workers leaves the work to other processes, which needs a Redis between them: set REDIS_URL.',
    )
  }
  const planned = await planRun(open, options)
  if (!options.again) {
    refuseSecondImport(environment.home, planned)
    tellUnreadable(environment.home)
  }
  const broker = await openBroker(environment)
  try {
    const record = await inTurn(environment.home, () => {
      // Opening the broker takes a while, in which another process may have begun.
      if (!options.again) refuseSecondImport(environment.home, planned)
      return keepRun(environment.home, planned, open)
    })
    log.info({ run: record.run, lanes: record.lanes, limits: record.limits }, 'run started')
    process.stderr.write(describeStart(record, environment.redisUrl === undefined))
    const { plan, compiled, source } = open
    return await runSession({ environment, broker, record, plan, compiled, source, workers, stop, log })
  } finally {
    await broker.close()
  }
}

async function planRun(open: OpenImport, { environment, limit, priority, sync }: StartOptions): Promise<RunRecord> {
  const { baseUrl, credentials } = environment.api()
  const account = accountId(baseUrl, credentials)
  await refuseUnknownHost(baseUrl)
  const sha256 = open.about?.sha256 ?? (await hashFiles(open.files?.map(({ path }) => path) ?? [open.file]))
  const now = new Date()
  return {
    run: newRunId(open.given, now, open.about?.verifies === undefined ? '' : 'verify-'),
    file: open.file,
    files: open.files,
    source: open.given,
    plan: open.planName,
    planSha256: createHash('sha256').update(open.planText).digest('hex'),
    account,
    baseUrl,
    limits: runLimits(open.compiled.lanes, open.plan, (lane) => defaultLimit(lane, environment.region)),
    lanes: open.compiled.lanes,
    limit,
    ...open.about,
    sha256,
    sync,
    priority,
    state: 'running',
    startedAt: now.toISOString(),
  }
}

/** Makes the run's folder, with what resume needs: the plan as it is now, and the input where it can be read once only. */
function keepRun(home: string, record: RunRecord, { planText, isCopy }: OpenImport): RunRecord {
  const folder = createRunFolder(home, record.run)
  writeFileSync(folder.plan, planText, { mode: 0o600 })
  if (isCopy) renameSync(record.file, folder.input)
  const kept = isCopy ? { ...record, file: resolve(folder.input) } : record
  saveRunRecord(home, kept)
  return kept
}

/** Of processes that begin at once, one after the other looks for runs and makes its own. */
async function inTurn<T>(home: string, act: () => T): Promise<T> {
  while (true) {
    const unlock = takeFileLock(join(home, 'start-lock'))
    if (unlock === undefined) await delay(LOOK_AGAIN_MS)
    else {
      try {
        return act()
      } finally {
        unlock()
      }
    }
  }
}

const LOOK_AGAIN_MS = 20

/** The same file under the same plan, by accident: nobody wants that. */
function refuseSecondImport(home: string, { sha256, planSha256, account, limit }: RunRecord): void {
  const before = readRuns(home).records.findLast(
    (run) =>
      run.sha256 === sha256 &&
      run.planSha256 === planSha256 &&
      run.account === account &&
      run.state !== 'cancelled' &&
      // A rerun sends some of the rows; that of a mended file sends all of that one.
      (run.rerunOf === undefined || run.mended === true) &&
      run.verifies === undefined &&
      // A trial over the first rows does not stand in the way of the whole file.
      (run.limit === undefined || run.limit === limit),
  )
  if (before === undefined) return
  const how =
    before.state === 'finished'
      ? `was imported under this plan already, by run ${before.run}. To send it again all the same, add --again; ` +
        `for the rows that did not succeed, there is \`rollcall rerun ${before.run}\`.`
      : `is being imported under this plan by run ${before.run}, which is not finished. \`rollcall resume ${before.run}\` goes on with it; --again starts anew.`
  throw new UsageError(`This very file ${how}`)
}

function describeStart({ run, lanes, limits }: RunRecord, embedded: boolean): string {
  const paces = lanes.map((lane) => {
    const rpm = limits[lane]
    return `${lane} ${rpm === undefined ? 'without limit' : `at ${formatCount(rpm)} requests a minute`}`
  })
  return `Run ${run}: ${paces.join(', ')}, ${embedded ? 'embedded broker' : 'Redis'}.\n`
}

function tellUnreadable(home: string): void {
  for (const { run, why } of readRuns(home).unreadable)
    process.stderr.write(`Run ${run} cannot be read, so that nobody knows whether it is over this file: ${why}.\n`)
}
