import { rmSync } from 'node:fs'
import { ratio, seconds, whole } from '../support/finding.ts'
import { writeMembers } from '../support/members.ts'
import { samplePlan } from '../support/plans.ts'
import { runCheck, runSubject } from '../support/rollcall.ts'
import type { ReadingArgument, ReadingResult } from '../subjects/source-and-plan.ts'
import type { Workplace } from '../support/workplace.ts'
import { type Builds, type Line, inTurn, lineOf, roundsOf } from './comparison.ts'

const ROWS = 1_000_000
const AIM = 1.8

/** How fast `rollcall check` goes through a file, from its start to its end, of csv-parse that gives objects by column. */
export async function check(place: Workplace, builds: Builds, scale: number): Promise<readonly Line[]> {
  const rows = ROWS * scale
  const file = await writeMembers(place, rows)
  const bare: ReadingArgument = { file, objects: true }
  const figures = await inTurn(builds, roundsOf(scale), async (build) => {
    const { tookMs: bareMs } = await runSubject<ReadingResult>(place, 'bare-csv-parse', bare)
    const { report, tookMs, cpuMs } = await runCheck(place, file, { plan: samplePlan, build })
    if (report.rows !== rows || report.invalid > 0) throw new Error(`the check was to find ${rows} rows in order`)
    return { ofBare: bareMs / tookMs, tookMs, cpuMs }
  })
  rmSync(file)
  const what = `check of ${whole(rows)} rows`
  return [
    lineOf(figures, 'ofBare', {
      what: `${what}, of csv-parse with objects`,
      show: ratio,
      aim: { of: 'itself', least: AIM },
    }),
    lineOf(figures, 'tookMs', { what: `${what}: time`, show: seconds }),
    lineOf(figures, 'cpuMs', { what: `${what}: processor time`, show: seconds }),
  ]
}
