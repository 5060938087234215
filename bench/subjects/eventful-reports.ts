import { join } from 'node:path'

import { openLedger } from '../../src/ledger/open-ledger.ts'
import { renderForm } from '../../src/report/render-form.ts'
import { type Rendering, renderReports } from '../../src/report/render-reports.ts'
import { EVENTFUL_RPM, EVENTFUL_START, fillEventfully } from '../support/eventful-ledger.ts'

/** What it is given, as JSON in its argument. */
export interface EventfulReportsArgument {
  readonly rows: number
  readonly problems: number
  /** An empty folder for the ledger and the reports. */
  readonly folder: string
}

/** What it prints: how long each took, in milliseconds, and the most memory that the process held. */
export interface EventfulReportsResult {
  readonly reportsMs: number
  readonly xlsxMs: number
  readonly parquetMs: number
  readonly peakBytes: number
}

/** Renders every form of the reports of a run that met everything. */
async function eventfulReports({ rows, problems, folder }: EventfulReportsArgument): Promise<EventfulReportsResult> {
  const ledger = openLedger(join(folder, 'ledger.db'))
  fillEventfully(ledger, { rows, problems })
  const rendering: Rendering = {
    ledger,
    dir: folder,
    run: {
      run: 'bench',
      file: 'members.csv',
      sha256: '',
      plan: 'plan.yaml',
      state: 'finished',
      limits: { register: EVENTFUL_RPM },
      startedAt: new Date(EVENTFUL_START).toISOString(),
    },
  }
  const reportsMs = await timed(() => renderReports(rendering))
  const xlsxMs = await timed(() => renderForm('xlsx', rendering))
  const parquetMs = await timed(() => renderForm('parquet', rendering))
  ledger.close()
  return { reportsMs, xlsxMs, parquetMs, peakBytes: process.resourceUsage().maxRSS * 1024 }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

process.stdout.write(
  JSON.stringify(await eventfulReports(JSON.parse(process.argv[2] ?? '') as EventfulReportsArgument)),
)
