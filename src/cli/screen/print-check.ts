import type { CheckReport } from '../../app/check/check-file.ts'
import { describeCheck } from './describe-check.ts'
import { EXIT } from '../exit.ts'
import { printJson, printLines } from './print.ts'

/** Prints what a check found, and has the process end with the status that tells of invalid rows. `files`: as they were given. */
export function printCheck(
  report: CheckReport,
  { files, json }: { readonly files: readonly string[]; readonly json: boolean },
): void {
  if (json) printJson(report)
  else printLines(describeCheck(report, files))
  process.exitCode = report.invalid > 0 ? EXIT.problems : EXIT.ok
}
