import { setTimeout as delay } from 'node:timers/promises'
import { takeFileLock } from '../../file-lock.ts'
import type { Sync } from '../../sync/load-sync.ts'
import { completeTime, isCompleted, claimTime } from '../../sync/due-times.ts'
import { pausedSince } from '../../sync/paused.ts'
import { openStore, syncFolder } from '../../sync/store.ts'
import type { Context } from '../context.ts'
import { isMissed, noteOverlap, passOver, timeStateIn } from './due-time.ts'
import { executeFiles } from './execute-files.ts'
import { type ExecutionContext, newExecution } from './execution-context.ts'
import { pruneExecutions } from './prune-executions.ts'
import { recordTrouble } from './record-trouble.ts'
import { sourceName, syncHere, withElsewhere } from './remote-places.ts'
import { sendNotifications } from './send-notifications.ts'
import type { SyncEnd } from './sync-end.ts'

export interface SyncRequest {
  /** Go on where a guard tripped, the file was imported before, or `stop_when` halted the run. */
  readonly force: boolean
  /** Whether this process works on the lanes itself. */
  readonly workers: boolean
  /** The time that a scheduler calls it for, in milliseconds since the epoch. */
  readonly due?: number
}

/**
 * Does what is due of a sync: resumes the execution that was broken off, imports the files of the inbox, oldest first,
 * sends notifications, and clears away what is old. One process at a time is at a sync.
 */
export async function runSync(sync: Sync, request: SyncRequest, context: Context): Promise<SyncEnd> {
  const { environment, signal } = context
  const { home } = environment
  const { due } = request
  // A time that comes again, after its scheduler died say, must not take the turn of the next one.
  if (due !== undefined && isCompleted(timeStateIn(home, sync, due))) return PAST
  using stack = new DisposableStack()
  const unlock = await takeTurn(sync, due, context)
  if (unlock === undefined) {
    // It did not wait to the end: the file is still there for the next time, and nothing was skipped.
    if (signal.aborted) return { state: 'stopped', executions: [] }
    if (due !== undefined) noteOverlap(sync, due, environment)
    return { state: 'busy', executions: [] }
  }
  stack.defer(unlock)
  const store = stack.adopt(openStore(home, sync.name), (opened) => opened.close())
  store.setFact('file', sync.file)
  const paused = pausedSince(store)
  if (paused !== undefined) {
    if (due !== undefined) passOver(store, { due, now: environment.now(), outcome: 'paused', reason: PAUSED })
    return { state: 'paused', executions: [] }
  }
  if (due !== undefined && !claimTime(store, due)) return PAST
  const here = syncHere(sync, home)
  return await execute(sync, { ...context, ...request, sync: here, inbox: here.source.folder, store, due })
}

const PAUSED = 'The sync is paused: what waits in its inbox waits on.'
const PAST: SyncEnd = { state: 'past', executions: [] }
const LOOK_AGAIN_MS = 500

async function execute(sync: Sync, context: ExecutionContext): Promise<SyncEnd> {
  const { due, store } = context
  try {
    const end: SyncEnd =
      due !== undefined && isMissed(due, context)
        ? { state: 'nothing', executions: [] }
        : await withElsewhere({ ...context, sync }, () => executeFiles(context, sourceName(sync)))
    if (due !== undefined && end.state !== 'stopped') completeTime(store, due, end.state)
    if (!context.signal.aborted) await pruneExecutions(context)
    return end
  } catch (error) {
    const reason = firstLine(error)
    recordTrouble({ ...newExecution(context), outcome: 'halted', reason }, { kind: 'halted', reason }, '', context)
    throw error
  } finally {
    await sendNotifications(store, context)
  }
}

/** The sync's lock; undefined where another process has it, and the sync does not wait. */
async function takeTurn(
  sync: Sync,
  due: number | undefined,
  { environment, signal, on }: Context,
): Promise<(() => void) | undefined> {
  const { lock } = syncFolder(environment.home, sync.name)
  for (let isFirst = true; ; isFirst = false) {
    const unlock = takeFileLock(lock)
    if (unlock !== undefined || signal.aborted) return unlock
    // The same time in other hands: a scheduler died, and what it had started goes on. That is no overlap.
    if (sync.overlap === 'skip' && (due === undefined || timeStateIn(environment.home, sync, due) !== 'begun'))
      return undefined
    if (isFirst) on({ kind: 'stage', text: `Waiting for another process that is at the sync ${sync.name}` })
    await delay(LOOK_AGAIN_MS)
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.split('\n').slice(0, 3).join(' ').slice(0, 300)
}
