import type { Sync } from '../../sync/load-sync.ts'
import type { Execution } from '../../sync/executions.ts'
import type { Store } from '../../sync/store.ts'
import type { Context } from '../context.ts'
import type { SessionEnd } from '../session/session-end.ts'

/** What the executions of a sync need. */
export interface ExecutionContext extends Context {
  readonly sync: Sync
  readonly inbox: string
  readonly store: Store
  /** Go on where a guard tripped, the file was imported before, or `stop_when` halted the run. */
  readonly force: boolean
  /** Whether this process works on the lanes itself. */
  readonly workers: boolean
  /** When it was due, where a scheduler called it. */
  readonly due: number | undefined
}

/** How an execution stands now, and the end of its run's session, where it has a run. */
export interface ExecutionResult {
  readonly execution: Execution
  readonly end?: SessionEnd
  /** Where there is none: what to do about it. */
  readonly next?: string
}

/** The beginning of an execution that has no file. */
export function newExecution({
  due,
  environment,
}: Pick<ExecutionContext, 'due' | 'environment'>): Pick<Execution, 'due' | 'startedAt'> {
  return { due, startedAt: environment.now() }
}
