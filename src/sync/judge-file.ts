import { datedName, isSurelyOlder } from './dated-name.ts'
import { type Execution, lastGood, latestImports } from './executions.ts'
import { type GuardViolation, checkGuards } from './guards.ts'
import type { Sync } from './load-sync.ts'
import type { Store } from './store.ts'
import type { Survey } from './survey.ts'

/** The guards that trip over a file of that name, before the first request. */
export function judgeFile(
  store: Store,
  { name, survey }: { readonly name: string; readonly survey: Survey },
  { guards, holds }: Pick<Sync, 'guards' | 'holds'>,
): readonly GuardViolation[] {
  const older = guards.older ? olderViolation({ name, survey }, latestImports(store, LOOKED_AT), holds) : undefined
  return [...(older === undefined ? [] : [older]), ...checkGuards(survey, lastGood(store), guards)]
}

/** When a file was last written, as a survey keeps it. A time to come was set by a clock that is ahead, and tells nothing. */
export function writtenAt(mtimeMs: number | undefined): Pick<Survey, 'modifiedAt'> {
  return { modifiedAt: mtimeMs === undefined || mtimeMs > Date.now() ? undefined : Math.round(mtimeMs) }
}

/** Imports among which one of the same series is looked for. */
const LOOKED_AT = 50

/**
 * Whether a file is older than one that was imported already, and would take something back: by the dates in both names or,
 * where these tell nothing, by when the files were last written. `imports`: the latest first. Pure.
 */
export function olderViolation(
  { name, survey }: { readonly name: string; readonly survey: Survey },
  imports: readonly Pick<Execution, 'file' | 'run' | 'survey'>[],
  holds: Sync['holds'],
): GuardViolation | undefined {
  if (survey.new + survey.changed + survey.gone === 0) return undefined
  const own = datedName(name)
  const namesake = imports.find(({ file = '' }) => own !== undefined && datedName(file)?.series === own.series)
  if (own !== undefined && namesake !== undefined) {
    const theirs = datedName(namesake.file ?? '')
    if (theirs === undefined || !isSurelyOlder(own, theirs)) return undefined
    return violation(`its name says ${own.text}, and that of ${namesake.file} says ${theirs.text}`, namesake.run)
  }
  // Of changes, there may be several series, each with a pace of its own.
  const last = imports.find(({ file }) => holds === 'everyone' || file === name)
  const [written, before] = [survey.modifiedAt, last?.survey?.modifiedAt]
  if (last === undefined || written === undefined || before === undefined || written >= before) return undefined
  return violation(`it was last written ${timeOf(written)}, and ${last.file} ${timeOf(before)}`, last.run)
}

function violation(evidence: string, run = ''): GuardViolation {
  const reason =
    `The file seems older than the one that was imported last (run ${run}): ${evidence}. ` +
    'It would put members back to what they were.'
  return { guard: 'older', reason }
}

/** `2026-12-01 02:30:00 UTC`. */
function timeOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`
}
