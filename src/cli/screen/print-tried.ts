import type { readSync } from '../../app/sync/read-sync.ts'
import { describeSurvey } from '../../app/sync/sync-notification.ts'
import type { TriedFile } from '../../app/sync/try-sync.ts'
import { formatCount } from '../../words.ts'
import { EXIT } from '../exit.ts'
import { printJson, printLines } from './print.ts'

/**
 * Prints what a sync would make of the files that wait, and has the process end with the status that tells of guards
 * that would trip.
 */
export function printTried(sync: ReturnType<typeof readSync>, tried: readonly TriedFile[], json: boolean): void {
  if (tried.some((found) => found.kind === 'unusable' || found.violations.length > 0)) process.exitCode = EXIT.stopped
  if (json) printJson(tried.map(asJson))
  else if (tried.length > 0) printLines(tried.flatMap(describeTried))
  else if (sync.source.kind === 'inbox') printLines([`No file waits in ${sync.source.folder}.`])
}

function describeTried(found: TriedFile): readonly string[] {
  const violations = found.kind === 'sound' ? found.violations : [found.violation]
  const counts = found.kind === 'sound' ? describeSurvey(found.survey) : 'not usable.'
  const sends =
    found.kind === 'sound' ? ` Would send something of ${found.survey.sends}${changesIn(found.survey)}.` : ''
  return [`${found.file}: ${counts}${sends}`, ...violations.map(({ reason }) => `  a guard would trip: ${reason}`)]
}

function changesIn({ changes = {} }: Extract<TriedFile, { kind: 'sound' }>['survey']): string {
  const parts = Object.entries(changes).map(([lane, rows]) => `${lane} ${formatCount(rows)}`)
  return parts.length === 0 ? '' : `; of members who have changed: ${parts.join(', ')}`
}

/** The names of the fields are a contract. */
function asJson(found: TriedFile): object {
  if (found.kind === 'unusable') return { file: found.file, kind: found.kind, doubt: found.violation }
  return { file: found.file, kind: found.kind, survey: found.survey, doubts: found.violations }
}
