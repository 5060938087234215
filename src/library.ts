import type { Context } from './app/context.ts'
import type { Listener } from './app/events.ts'
import { readEnvironment } from './cli/environment.ts'

/**
 * What a program of one's own may ask of rollcall: what its commands ask (docs/library.md). Nothing here prints, or ends
 * the process; a mistake of whoever asks is a `UsageError`, whose message says what to do.
 */
export { checkFiles } from './app/check/check-file.ts'
export { explainCodes } from './app/codes/explain-codes.ts'
export { startImport } from './app/import/start-import.ts'
export { proposePlan } from './app/plan/propose-plan.ts'
export { writeReport } from './app/report/write-report.ts'
export { rerunRows } from './app/rerun/rerun-rows.ts'
export { resumeRun } from './app/resume/resume-run.ts'
export { cancelRun } from './app/runs/cancel-run.ts'
export { changePace } from './app/runs/change-pace.ts'
export { listRuns } from './app/runs/list-runs.ts'
export { pauseRun } from './app/runs/pause-run.ts'
export { rowStory } from './app/runs/row-story.ts'
export { showRun } from './app/runs/show-run.ts'
export { verifyRun } from './app/verify/verify-run.ts'
export { UsageError } from './model.ts'
export { version } from './version.ts'

export type { Context } from './app/context.ts'
export type { Environment } from './app/environment.ts'
export type { AppEvent, Listener } from './app/events.ts'

export interface ContextSettings {
  /** Where runs are kept; what `ROLLCALL_HOME` says, or `.rollcall`, unless told. */
  readonly home?: string
  /** Hears what happens meanwhile, as data. */
  readonly on?: Listener
  /** Aborts where it is to stop in order: a run is then paused, and `resumeRun` goes on. */
  readonly signal?: AbortSignal
}

/**
 * What everything that takes time is asked with: the account, the broker and the rest are what the environment says, as
 * for the commands. Throws a UsageError where a variable makes no sense.
 */
export function openContext({
  home,
  on = () => {},
  signal = new AbortController().signal,
}: ContextSettings = {}): Context {
  return { environment: readEnvironment({ home }), on, signal }
}
