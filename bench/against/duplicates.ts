import { rmSync } from 'node:fs'
import { megabytes, seconds, whole } from '../support/finding.ts'
import { writeIdentifiers } from '../support/members.ts'
import { identifiersPlan } from '../support/plans.ts'
import { runCheck } from '../support/rollcall.ts'
import type { Workplace } from '../support/workplace.ts'
import { type Builds, type Line, inTurn, lineOf, roundsOf } from './comparison.ts'

const ROWS = 10_000_000
/** One row in so many repeats an earlier one. */
const REPEATED_EVERY = 1_000
const AIM_BYTES = 260e6

/** A check that tells which rows are of one member, by three identifiers each. All must be found, and no others. */
export async function duplicates(place: Workplace, builds: Builds, scale: number): Promise<readonly Line[]> {
  const rows = ROWS * scale
  const file = await writeIdentifiers(place, rows, REPEATED_EVERY)
  const figures = await inTurn(builds, roundsOf(scale), async (build) => {
    const { report, peakBytes, cpuMs, tookMs } = await runCheck(place, file, { plan: identifiersPlan, build })
    if (report.rows !== rows || report.skipped !== rows / REPEATED_EVERY || report.invalid > 0) {
      throw new Error(`the check was to find ${rows / REPEATED_EVERY} of ${rows}: ${JSON.stringify(report)}`)
    }
    return { peakBytes, tookMs, cpuMs }
  })
  rmSync(file)
  const what = `duplicates over ${whole(rows)} rows with three identifiers`
  return [
    lineOf(figures, 'peakBytes', {
      what: `${what}: peak memory`,
      show: megabytes,
      aim: { of: 'itself', most: AIM_BYTES },
    }),
    lineOf(figures, 'tookMs', { what: `${what}: time`, show: seconds }),
    lineOf(figures, 'cpuMs', { what: `${what}: processor time`, show: seconds }),
  ]
}
