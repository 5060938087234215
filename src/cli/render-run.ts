import type { Ledger } from '../ledger/ledger.ts'
import { renderReports } from '../report/render-reports.ts'
import { renderVerification } from '../report/render-verification.ts'
import type { Summary } from '../report/summary.ts'
import { type RunRecord, runFolder } from '../run/run-record.ts'
import { reportInfo } from './report-info.ts'

/** Writes the report files of a run into its folder: a verification's are its own. */
export function renderRun(home: string, record: RunRecord, ledger: Ledger): Promise<Summary> {
  const dir = runFolder(home, record.run).path
  const run = reportInfo(record)
  return record.verifies === undefined ? renderReports({ ledger, dir, run }) : renderVerification(ledger, { dir, run })
}
