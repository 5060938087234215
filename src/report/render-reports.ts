import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { Ledger } from '../ledger/ledger.ts'
import { isReject } from '../ledger/rejects.ts'
import { type Aside, writeAside } from './aside.ts'
import { type Figures, countFigures } from './figures.ts'
import { readLayout } from './layout.ts'
import { pageContent } from './page-content.ts'
import { reportPage } from './page/page.ts'
import { resultJson } from './result-json.ts'
import { headerLine, resultLine } from './result-line.ts'
import { summarise } from './summary.ts'
import type { RunInfo, Summary } from './summary.ts'
import { verdictOf } from './verdict.ts'

type ReportLedger = Pick<
  Ledger,
  'meta' | 'inputs' | 'results' | 'counts' | 'traffic' | 'codes' | 'skips' | 'doubts' | 'events' | 'timeline'
>

/** What `renderReports` needs: where to write, and what the ledger does not know of the run. */
export interface Rendering {
  readonly ledger: ReportLedger
  /** Where they go: a folder that exists. */
  readonly dir: string
  /** The run's own folder, where that is another one. */
  readonly folder?: string
  readonly run: RunInfo
  /** Whether results.jsonl is to be among them. One that is there is written anew in any case. */
  readonly jsonl?: boolean
}

/**
 * Writes results.csv, rejects.csv, summary.json and report.html from the ledger alone, streamed, and results.jsonl where it is
 * asked for; puts them in their places once all are whole and durable. Of a run that has not finished, it holds the rows that the ledger knows:
 * those not yet done have an empty `_status`. Returns the summary.
 */
export async function renderReports({ ledger, dir, folder = dir, run, jsonl = false }: Rendering): Promise<Summary> {
  return writeAside(dir, async (open) => {
    const results = await open('results.csv')
    const json = jsonl || existsSync(join(dir, 'results.jsonl')) ? await open('results.jsonl') : undefined
    const rejects = await open('rejects.csv')
    const summaryFile = await open('summary.json')
    const page = await open('report.html')
    const figures = await writeRows(ledger, { results, json, rejects })
    return addOverview({ ledger, dir: folder, run }, figures, { summaryFile, page })
  })
}

/** Writes summary.json and report.html alone: what the other runs over the file have a say in. The rest stays as it is. */
export async function renderOverview({ ledger, dir, run }: Rendering): Promise<Summary> {
  return writeAside(dir, async (open) => {
    const summaryFile = await open('summary.json')
    const page = await open('report.html')
    const count = countFigures()
    let rows = 0
    for (const row of ledger.results()) {
      count.add(row, verdictOf(row))
      rows += 1
      // Others want to be served meanwhile: a broker's connection, and Ctrl-C.
      if (rows % ROWS_AT_A_TIME === 0) await setImmediate()
    }
    return addOverview({ ledger, dir, run }, count.figures(), { summaryFile, page })
  })
}

const ROWS_AT_A_TIME = 10_000

function addOverview(
  { ledger, dir, run }: Rendering,
  figures: Figures,
  { summaryFile, page }: Record<'summaryFile' | 'page', Aside>,
): Summary {
  const summary = summarise(ledger, run)
  summaryFile.add(`${JSON.stringify(summary, undefined, 2)}\n`)
  page.add(reportPage(pageContent(ledger, { run, dir, summary, figures })))
  return summary
}

async function writeRows(
  ledger: Rendering['ledger'],
  { results, json, rejects }: Record<'results' | 'rejects', Aside> & { readonly json: Aside | undefined },
): Promise<Figures> {
  const layout = readLayout(ledger)
  const count = countFigures()
  results.add(headerLine(layout))
  rejects.add(headerLine(layout))
  for (const row of ledger.results()) {
    const verdict = verdictOf(row)
    const line = resultLine(row, layout, verdict)
    count.add(row, verdict)
    if (isReject(row.status) && rejects.add(line)) await rejects.flush()
    if (json?.add(resultJson(row, layout)) === true) await json.flush()
    if (results.add(line)) await results.flush()
  }
  return count.figures()
}
