import type { ExecutionResult } from '../../app/sync/execution-context.ts'
import { isoTime } from '../../app/sync/sync-json.ts'
import { describeSurvey } from '../../app/sync/sync-notification.ts'

export type Execution = ExecutionResult['execution']

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
