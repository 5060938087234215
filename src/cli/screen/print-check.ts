import type { CheckReport } from '../../app/check/check-file.ts'
import { describeCheck } from './describe-check.ts'
import { EXIT } from '../exit.ts'
import { printJson, printText } from './print.ts'

/** Prints what a check found, and has the process end with the status that tells of invalid rows. */
export function printCheck(report: CheckReport, json: boolean): void {
  if (json) printJson(report)
  else printText(describeCheck(report))
  process.exitCode = report.invalid > 0 ? EXIT.problems : EXIT.ok
}
