import type { RerunEstimate } from '../../app/rerun/estimate-rerun.ts'
import { describeDuration, formatCount, plural } from '../../words.ts'
import { EXIT } from '../exit.ts'
import { printJson, printText } from './print.ts'

/** Prints what a rerun would send, and has the process end with the status that tells of invalid rows. */
export function printRerun(
  { run, estimate }: { readonly run: string; readonly estimate: RerunEstimate },
  json: boolean,
): void {
  if (json) printJson(jsonOf(run, estimate))
  else printText(describe(run, estimate))
  process.exitCode = estimate.invalid > 0 ? EXIT.problems : EXIT.ok
}

function jsonOf(run: string, { rows, invalid, lanes, durationMs }: RerunEstimate): object {
  const seconds = durationMs === undefined ? null : Math.ceil(durationMs / 1000)
  return { run, rows, invalid, lanes, seconds }
}

function describe(run: string, { rows, invalid, done, lanes, durationMs }: RerunEstimate): string {
  const sends = Object.entries(lanes).map(([lane, cost]) => `${formatCount(cost.rows)} to ${lane}`)
  return [
    `Dry run: nothing was sent. ${plural(rows, 'row')} of run ${run} would go again: `,
    `${sends.join(', ')}; ${formatCount(invalid)} still invalid.\n`,
    done > 0 ? `${formatCount(done)} of them are registered already, and are not registered again.\n` : '',
    durationMs === undefined ? '' : `At the limits that takes about ${describeDuration(durationMs)}.\n`,
  ].join('')
}
