import { type Ledger, openLedger } from '../ledger/ledger.ts'
import { renderReports } from '../report/render-reports.ts'
import { renderVerification } from '../report/render-verification.ts'
import type { Summary } from '../report/summary.ts'
import { findRun } from '../run/list-runs.ts'
import { type RunRecord, runFolder } from '../run/run-record.ts'
import { reportInfo } from './report-info.ts'
import { isAtWork } from './standing.ts'

/** Writes the report files of a run into its folder: a verification's are its own. */
export function renderRun(home: string, record: RunRecord, ledger: Ledger): Promise<Summary> {
  const dir = runFolder(home, record.run).path
  const run = reportInfo(home, record)
  return record.verifies === undefined ? renderReports({ ledger, dir, run }) : renderVerification(ledger, { dir, run })
}

/** Writes the reports of a run anew that was verified: they say what was found. While it is at work, it does so itself. */
export async function renderVerified(home: string, run: string): Promise<void> {
  if (isAtWork(home, run)) return
  const ledger = openLedger(runFolder(home, run).ledger, { readOnly: true })
  try {
    await renderRun(home, findRun(home, run), ledger)
  } finally {
    ledger.close()
  }
}
