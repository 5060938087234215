import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openLedger } from '../../ledger/open-ledger.ts'
import { UsageError } from '../../model.ts'
import { hideWith, maskedLedger } from '../../report/mask.ts'
import { FORMS, type Form, renderForm } from '../../report/render-form.ts'
import { type Rendering, renderReports } from '../../report/render-reports.ts'
import { findRun } from '../../run/list-runs.ts'
import { runFolder } from '../../run/run-record.ts'
import { maskKey } from './mask-key.ts'
import { renderRun } from './render-run.ts'
import { reportInfo } from './report-info.ts'

export { FORMS }

export interface ReportRequest {
  /** The run's id, the beginning or end of one, or `latest`. */
  readonly run: string
  /** results.csv in another form, beside it. */
  readonly format?: Form
  /** Hide members' data: such files have a folder of their own. */
  readonly mask?: boolean
}

/**
 * Writes the report files of a run anew, also of one that is not finished, or other forms of them. Gives the folder or
 * the file that was written. Throws a UsageError where there is no such run, or its reports have no such form.
 */
export async function writeReport(home: string, { run, format, mask }: ReportRequest): Promise<string> {
  const record = findRun(home, run)
  const { path: dir, ledger: path } = runFolder(home, record.run)
  using stack = new DisposableStack()
  const ledger = stack.adopt(openLedger(path, { readOnly: true }), (opened) => opened.close())
  if (format === undefined && mask !== true) {
    await renderRun(home, record, ledger)
    return dir
  }
  if (record.verifies !== undefined) {
    throw new UsageError(
      `Run ${record.run} is a verification, whose verify.csv has one form: ask for that of run ${record.verifies}, which it is of.`,
    )
  }
  const plain: Rendering = { ledger, dir, run: reportInfo(home, record), jsonl: record.jsonl === true }
  const rendering = mask === true ? masked(home, plain) : plain
  if (format !== undefined) return await renderForm(format, rendering)
  await renderReports(rendering)
  return rendering.dir
}

/** The same reports without members' data, in a folder of their own. What relatives of the run found names members. */
function masked(home: string, { ledger, dir, run, jsonl }: Rendering): Rendering {
  const aside = join(dir, 'masked')
  mkdirSync(aside, { recursive: true, mode: 0o700 })
  return {
    ledger: maskedLedger(ledger, hideWith(maskKey(home))),
    dir: aside,
    folder: dir,
    run: { ...run, family: undefined, verification: undefined },
    jsonl,
  }
}
