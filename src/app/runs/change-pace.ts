import { setTimeout as delay } from 'node:timers/promises'
import { type LaneName, UsageError } from '../../model.ts'
import { findRun, listRuns } from '../../run/list-runs.ts'
import { isRequestOpen, sendRequest } from '../../run/requests.ts'
import { runFolder } from '../../run/run-record.ts'
import type { Listener } from '../events.ts'
import { isAtWork } from './run-status.ts'

export interface PaceChange {
  /** The run's id, the beginning or end of one, or `latest`; may be left out where one run alone is under way. */
  readonly run?: string
  readonly lane: LaneName
  /** Requests per minute. */
  readonly rpm: number
}

/**
 * Changes a lane's limit for a run that is under way, in all processes that send for it. Gives the run's id once it has
 * heard. Throws a UsageError where none is under way, or it is not clear which one is meant.
 */
export async function changePace(
  home: string,
  { run: name, lane, rpm }: PaceChange,
  on: Listener = () => {},
): Promise<string> {
  const run = name === undefined ? onlyRunAtWork(home) : findRun(home, name).run
  if (!isAtWork(home, run)) {
    throw new UsageError(`No process is at work on run ${run}: its plan says how fast it goes.`)
  }
  const { request } = runFolder(home, run)
  sendRequest(request, { kind: 'pace', lane, rpm })
  on({ kind: 'stage', text: `Waiting until the process at work on run ${run} has heard` })
  while (isRequestOpen(request) && isAtWork(home, run)) await delay(100)
  if (isRequestOpen(request)) throw new UsageError(`Run ${run} had stopped before it heard: its pace is as it was.`)
  return run
}

function onlyRunAtWork(home: string): string {
  const atWork = listRuns(home).filter(({ run, state }) => state === 'running' && isAtWork(home, run))
  const [only] = atWork
  if (only !== undefined && atWork.length === 1) return only.run
  throw new UsageError(
    atWork.length === 0
      ? `No run is under way in ${home}.`
      : `${atWork.length} runs are under way: say which with --run. They are ${atWork.map(({ run }) => run).join(', ')}.`,
  )
}
