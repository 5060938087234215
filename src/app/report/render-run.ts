import { existsSync } from 'node:fs'
import { takeFileLock } from '../../file-lock.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import { openLedger } from '../../ledger/open-ledger.ts'
import { renderOverview, renderReports } from '../../report/render-reports.ts'
import { renderVerification } from '../../report/render-verification.ts'
import type { Summary } from '../../report/summary.ts'
import { familyOf } from '../../run/family.ts'
import { listRuns } from '../../run/list-runs.ts'
import { type RunRecord, runFolder } from '../../run/run-record.ts'
import type { Listener } from '../events.ts'
import { reportInfo } from './report-info.ts'

/** Writes the report files of a run into its folder: a verification's are its own. */
export function renderRun(home: string, record: RunRecord, ledger: Ledger): Promise<Summary> {
  const dir = runFolder(home, record.run).path
  const run = reportInfo(home, record)
  return record.verifies === undefined
    ? renderReports({ ledger, dir, run, jsonl: record.jsonl === true })
    : renderVerification(ledger, { dir, run })
}

/**
 * Writes anew what the other runs over the file say of all of them: summary.json and report.html. One that a process is
 * at work on does so itself. Where it cannot be done, there is an event: the run that has ended is none the worse.
 */
export async function renderRelatives(home: string, { run }: RunRecord, on: Listener): Promise<void> {
  for (const relative of familyOf(listRuns(home), run)) {
    if (relative.run === run || relative.verifies !== undefined) continue
    try {
      await renderRelative(home, relative)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      on({ kind: 'report-failed', run: relative.run, why })
    }
  }
}

async function renderRelative(home: string, record: RunRecord): Promise<void> {
  const folder = runFolder(home, record.run)
  if (!existsSync(folder.ledger)) return
  const unlock = takeFileLock(folder.lock)
  if (unlock === undefined) return
  using open = new DisposableStack()
  open.defer(unlock)
  const ledger = open.adopt(openLedger(folder.ledger, { readOnly: true }), (opened) => opened.close())
  await renderOverview({ ledger, dir: folder.path, run: reportInfo(home, record) })
}
