import { join } from 'node:path'

import type { Ledger, ResultRow } from '../ledger/ledger.ts'
import type { Status } from '../model.ts'
import { openAside, syncFolder } from './aside.ts'
import type { Aside } from './aside.ts'
import { readLayout } from './layout.ts'
import { resultJson } from './result-json.ts'
import { headerLine, resultLine } from './result-line.ts'
import { summarise } from './summary.ts'
import type { RunInfo, Summary } from './summary.ts'

/** What `renderReports` needs: where to write, and what the ledger does not know of the run. */
export interface Rendering {
  readonly ledger: Pick<Ledger, 'meta' | 'inputs' | 'results' | 'counts' | 'traffic' | 'codes'>
  /** The run's folder, which must exist. */
  readonly dir: string
  readonly run: RunInfo
}

/**
 * Writes results.csv, results.jsonl, rejects.csv and summary.json from the ledger alone, streamed, and puts them in
 * their places once all are whole and durable. Of a run that has not finished, it holds the rows that the ledger knows:
 * those not yet done have an empty `_status`. Returns the summary.
 */
export async function renderReports({ ledger, dir, run }: Rendering): Promise<Summary> {
  const files: Aside[] = []
  async function openReport(name: string): Promise<Aside> {
    const file = await openAside(join(dir, name))
    files.push(file)
    return file
  }
  try {
    const results = await openReport('results.csv')
    const json = await openReport('results.jsonl')
    const rejects = await openReport('rejects.csv')
    const summaryFile = await openReport('summary.json')
    await writeRows(ledger, { results, json, rejects })
    const summary = summarise(ledger, run)
    summaryFile.add(`${JSON.stringify(summary, undefined, 2)}\n`)
    for (const file of files) await file.finish()
    for (const file of files) await file.place()
    await syncFolder(dir)
    return summary
  } finally {
    for (const file of files) await file.discard()
  }
}

/** True of the rows that rejects.csv holds. */
function isReject({ status }: Pick<ResultRow, 'status'>): boolean {
  return status !== undefined && rejectStatuses.has(status)
}

const rejectStatuses: ReadonlySet<Status> = new Set(['rejected', 'failed', 'invalid'])

async function writeRows(
  ledger: Rendering['ledger'],
  { results, json, rejects }: Record<'results' | 'json' | 'rejects', Aside>,
): Promise<void> {
  const layout = readLayout(ledger)
  results.add(headerLine(layout))
  rejects.add(headerLine(layout))
  for (const row of ledger.results()) {
    const line = resultLine(row, layout)
    if (isReject(row) && rejects.add(line)) await rejects.flush()
    if (json.add(resultJson(row, layout))) await json.flush()
    if (results.add(line)) await results.flush()
  }
}
