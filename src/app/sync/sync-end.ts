import type { ExecutionResult } from './execution-context.ts'

/** What a call of a sync came to. */
export interface SyncEnd {
  /**
   * `busy`: another process is at it, and the sync says to skip then. `past`: that time was taken up before.
   * `paused`: nothing is to be begun until somebody resumes it.
   */
  readonly state: 'done' | 'nothing' | 'held' | 'stopped' | 'busy' | 'past' | 'paused'
  readonly executions: readonly ExecutionResult[]
}
