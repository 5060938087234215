import { rmSync } from 'node:fs'
import type { CheckReport } from '../src/app/check/check-file.ts'
import type { ReadingArgument, ReadingResult } from './subjects/source-and-plan.ts'
import { type Finding, megabytes, ratio, seconds, whole } from './support/finding.ts'
import { writeIdentifiers, writeMembers } from './support/members.ts'
import { identifiersPlan, samplePlan } from './support/plans.ts'
import { runCheck, runSubject } from './support/rollcall.ts'
import type { Workplace } from './support/workplace.ts'

const ROWS = 1_000_000
const ROUNDS = 2
const GOAL = { speed: 0.7, bytes: 300e6, duplicatesBytes: 700e6 }
/** Each has three identifiers; one row in a thousand repeats an earlier one. */
const MANY_ROWS = 10_000_000
const REPEATED_EVERY = 1_000

/** How fast `rollcall check` reads a file, start-up included, beside csv-parse alone; and what knowing all members takes. */
export async function* check(place: Workplace, scale: number): AsyncGenerator<Finding> {
  yield await speed(place, ROWS * scale)
  yield await duplicates(place, MANY_ROWS * scale)
}

async function speed(place: Workplace, rows: number): Promise<Finding> {
  const file = await writeMembers(place, rows)
  const rates: { bare: number[]; check: number[] } = { bare: [], check: [] }
  let peak = 0
  for (let round = 0; round < ROUNDS; round++) {
    const argument: ReadingArgument = { file, objects: true }
    const bare = await runSubject<ReadingResult>(place, 'bare-csv-parse', argument)
    rates.bare.push((bare.rows * 1000) / bare.tookMs)
    const checked = await runCheck(place, file, { plan: samplePlan })
    expectRows(checked.report, { rows, skipped: 0 })
    rates.check.push((rows * 1000) / checked.tookMs)
    peak = Math.max(peak, checked.peakBytes)
  }
  rmSync(file)
  const best = { bare: Math.max(...rates.bare), check: Math.max(...rates.check) }
  const reached = best.check / best.bare
  return {
    title: `Rows a second checked, of ${whole(rows)} with 14 columns`,
    columns: ['', ...rates.bare.map((_, round) => `round ${round + 1}`), 'best', 'of csv-parse', 'peak (VmHWM)'],
    rows: [
      ['csv-parse alone, objects by column', ...rates.bare.map(whole), whole(best.bare), ratio(1), ''],
      ['rollcall check', ...rates.check.map(whole), whole(best.check), ratio(reached), megabytes(peak)],
    ],
    goals: [
      { aim: 'at least 0.70 of csv-parse alone, objects', reached: ratio(reached), met: reached >= GOAL.speed },
      { aim: 'below 300 MB', reached: megabytes(peak), met: peak < GOAL.bytes },
    ],
  }
}

async function duplicates(place: Workplace, rows: number): Promise<Finding> {
  const file = await writeIdentifiers(place, rows, REPEATED_EVERY)
  const { report, tookMs, peakBytes } = await runCheck(place, file, { plan: identifiersPlan })
  rmSync(file)
  expectRows(report, { rows, skipped: Math.floor(rows / REPEATED_EVERY) })
  return {
    title: `Duplicates found in ${whole(rows)} rows with three identifiers each`,
    columns: ['rows', 'found', 'peak (VmHWM)', 'took'],
    rows: [[whole(rows), whole(report.skipped), megabytes(peakBytes), seconds(tookMs)]],
    goals: [{ aim: 'below 700 MB', reached: megabytes(peakBytes), met: peakBytes < GOAL.duplicatesBytes }],
  }
}

/** No row is taken for another's repeat, and no repeat is overlooked. */
function expectRows(report: CheckReport, { rows, skipped }: { rows: number; skipped: number }): void {
  if (report.rows !== rows || report.skipped !== skipped || report.invalid !== 0) {
    throw new Error(`the check was to find ${JSON.stringify({ rows, skipped })}: ${JSON.stringify(report)}`)
  }
}
