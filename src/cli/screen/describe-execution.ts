import type { ExecutionResult } from '../../app/sync/execution-context.ts'
import { describeSurvey } from '../../app/sync/sync-notice.ts'

export type Execution = ExecutionResult['night']

/** An execution of a sync for people, in a line. */
export function describeExecution(execution: Execution): string {
  const { startedAt, outcome = '', run, file, survey, reason, problems = 0 } = execution
  const parts = [
    isoTime(startedAt)?.slice(0, 16).replace('T', ' '),
    outcome.padEnd(9),
    run ?? file,
    survey === undefined ? undefined : describeSurvey(survey),
    problems > 0 ? `${problems} not done.` : undefined,
    reason,
  ]
  return parts.filter((part) => part !== undefined && part !== '').join('  ')
}

/** An execution as scripts read it. */
export function executionAsJson({ due, startedAt, endedAt, ...execution }: Execution): object {
  return { ...execution, due: isoTime(due), started_at: isoTime(startedAt), ended_at: isoTime(endedAt) }
}

/** `time`: milliseconds since the epoch. */
export function isoTime(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString()
}
