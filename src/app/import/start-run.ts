import { renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { takeFileLock } from '../../file-lock.ts'
import { UsageError } from '../../model.ts'
import { type RunRecord, createRunFolder, saveRunRecord } from '../../run/run-record.ts'
import type { Context } from '../context.ts'
import { scarcity } from '../home-space.ts'
import type { OpenImport } from '../input/open-import.ts'
import { openWatchedBroker } from '../session/open-watched-broker.ts'
import { runSession } from '../session/run-session.ts'
import type { SessionEnd } from '../session/session-end.ts'
import { type PlannedRun, planRun } from './plan-run.ts'
import { refuseSecondImport, reportUnreadable } from './second-import.ts'
import { Stopped } from '../stopped.ts'
import { type TakingOut, refuseTakingOut } from './taking-out.ts'

export interface NewRun extends PlannedRun, TakingOut {
  /** Import the very file that was imported under this plan before. */
  readonly again: boolean
  /** Whether this process works on the lanes itself. */
  readonly workers: boolean
}

/**
 * Makes a new run of a file and a plan, and works on it until it is finished, paused, halted or cancelled.
 * Throws a UsageError, before there is a run, where the account, the host or the broker is wrong or missing, or where
 * the file was imported under this plan before.
 */
export async function startRun(open: OpenImport, options: NewRun, context: Context): Promise<SessionEnd> {
  const { environment, on } = context
  const { home, redisUrl } = environment
  if (!options.workers && redisUrl === undefined) {
    throw new UsageError(
      '--no-workers leaves the work to other processes, which needs a Redis between them: set REDIS_URL.',
    )
  }
  refuseTakingOut(open.compiled.lanes, options)
  const planned = await planRun(open, options, context)
  if (!options.again) {
    refuseSecondImport(home, planned)
    reportUnreadable(home, on)
  }
  const { bytesTotal } = open.source.progress
  const scarce = scarcity(home, { fileBytes: bytesTotal, embedded: redisUrl === undefined })
  if (scarce !== undefined) on({ kind: 'home-advice', text: scarce })
  await using stack = new AsyncDisposableStack()
  const { broker, connection } = stack.use(await openWatchedBroker(environment, context))
  const record = await inTurn(context, () => {
    // Opening the broker takes a while, in which another process may have begun.
    if (!options.again) refuseSecondImport(home, planned)
    return keepRun(home, planned, open)
  })
  const { run, lanes, limits } = record
  on({ kind: 'run-started', run, lanes, limits, broker: broker.kind })
  return await runSession({ broker, connection, record, input: open, workers: options.workers }, context)
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
async function inTurn<T>({ environment: { home }, on, signal }: Context, act: () => T): Promise<T> {
  for (let isFirst = true; ; isFirst = false) {
    const unlock = takeFileLock(join(home, 'start-lock'))
    if (unlock !== undefined) {
      try {
        return act()
      } finally {
        unlock()
      }
    }
    if (signal.aborted) throw new Stopped('Stopped before there was a run: nothing was sent.')
    if (isFirst) on({ kind: 'stage', text: `Waiting for another import into ${home} that is about to begin` })
    await delay(LOOK_AGAIN_MS)
  }
}

const LOOK_AGAIN_MS = 20
