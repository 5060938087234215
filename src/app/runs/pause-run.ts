import { setTimeout as delay } from 'node:timers/promises'
import { UsageError } from '../../model.ts'
import { findRun } from '../../run/list-runs.ts'
import { sendRequest } from '../../run/requests.ts'
import { runFolder } from '../../run/run-record.ts'
import type { Listener } from '../events.ts'
import { isAtWork, isOver } from './run-status.ts'

/**
 * Pauses a run that another process is at work on, as Ctrl-C does in its own. Gives its id once that process has let go
 * of it. Throws a UsageError where nobody is at work on it.
 */
export async function pauseRun(home: string, name: string, on: Listener = () => {}): Promise<string> {
  const { run, state: before } = findRun(home, name)
  if (isOver(before)) throw new UsageError(`Run ${run} is ${before}: there is nothing to pause.`)
  if (!isAtWork(home, run)) throw new UsageError(`No process is at work on run ${run}: there is nothing to pause.`)
  await askToStop(home, { run, kind: 'pause' }, on)
  const { state } = findRun(home, run)
  if (isOver(state)) {
    throw new UsageError(`Run ${run} is ${state}: it had come to its end before it could be paused.`)
  }
  return run
}

/** Asks the process at work on a run, and waits until it has let go of it. */
export async function askToStop(
  home: string,
  { run, kind }: { readonly run: string; readonly kind: 'pause' | 'cancel' },
  on: Listener,
): Promise<void> {
  sendRequest(runFolder(home, run).request, { kind })
  on({ kind: 'stage', text: `Waiting until the process at work on run ${run} has let go of it` })
  while (isAtWork(home, run)) await delay(200)
}
