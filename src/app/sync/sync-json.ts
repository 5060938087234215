import type { ExecutionResult } from './execution-context.ts'
import type { SyncStatus } from './sync-history.ts'

/** An execution as scripts read it. */
export function executionAsJson({ due, startedAt, endedAt, ...execution }: ExecutionResult['execution']): object {
  return { ...execution, due: isoTime(due), started_at: isoTime(startedAt), ended_at: isoTime(endedAt) }
}

/** How a sync stands, as scripts read it. */
export function syncAsJson({ name, file, last, paused, next, problem }: SyncStatus): object {
  return {
    name,
    file,
    last: last === undefined ? undefined : executionAsJson(last),
    state: last?.outcome,
    paused_since: isoTime(paused),
    next: isoTime(next),
    problem,
  }
}

/** `time`: milliseconds since the epoch. */
export function isoTime(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString()
}
