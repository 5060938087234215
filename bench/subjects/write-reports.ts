import { join } from 'node:path'
import type { RowEntry } from '../../src/ledger/ledger.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import type { Outcome, SourceRow } from '../../src/model.ts'
import { renderReports } from '../../src/report/render-reports.ts'
import { openSource } from '../../src/source/open-source.ts'

/** What it is given, as JSON in its argument. */
export interface WriteReportsArgument {
  readonly file: string
  /** An empty folder for the ledger and the reports. */
  readonly folder: string
}

/** What it prints. */
export interface WriteReportsResult {
  readonly rows: number
  readonly ledgerMs: number
  readonly reportsMs: number
  /** The processor time that the reports took: what a quiet machine would need. */
  readonly reportsCpuMs: number
  readonly peakBytes: number
}

/** Rows and their outcomes in a transaction: about as many as the recorder gathers. */
const ROWS_A_WRITE = 500

/** Enters every row of a file and an outcome for it into a ledger, then renders the reports. */
async function writeReports({ file, folder }: WriteReportsArgument): Promise<WriteReportsResult> {
  const source = await openSource(file)
  const ledger = openLedger(join(folder, 'ledger.db'))
  ledger.meta.set('columns', [...(source.columns ?? [])])
  let rows = 0
  let ledgerMs = 0
  for await (const chunk of source.chunks()) {
    const startedAt = performance.now()
    for (let at = 0; at < chunk.length; at += ROWS_A_WRITE) {
      const some = chunk.slice(at, at + ROWS_A_WRITE)
      const outcomes = some.map(linked)
      ledger.write({ rows: some.map(entryOf), deliveries: [{ id: `${rows + at}`, outcomes, traffic: [] }] })
    }
    ledgerMs += performance.now() - startedAt
    rows += chunk.length
  }
  await source.close()
  const startedAt = performance.now()
  const before = process.cpuUsage()
  await renderReports({ ledger, dir: folder, run: RUN })
  const { user, system } = process.cpuUsage(before)
  const reportsMs = performance.now() - startedAt
  ledger.close()
  const peakBytes = process.resourceUsage().maxRSS * 1024
  return { rows, ledgerMs, reportsMs, reportsCpuMs: (user + system) / 1000, peakBytes }
}

const AT = '2026-11-05T04:12:33.120Z'
const RUN = {
  run: 'bench',
  file: 'members.csv',
  sha256: '',
  plan: 'plan.yaml',
  state: 'finished',
  limits: {},
  startedAt: AT,
} as const

function entryOf({ row, line, input }: SourceRow): RowEntry {
  return { row, line, input, key: `M-${row}`, asks: ['link'], batches: { link: Math.ceil(row / 50) } }
}

function linked({ row }: SourceRow): Outcome {
  return {
    row,
    lane: 'link',
    result: 'linked',
    status: 'ok',
    customerId: String(556_000_000 + row),
    warnings: [],
    sideEffects: [],
    programs: [{ program: 'Goldstar', result: 'linked' }],
    attempts: 1,
    requestId: 'sim-0000001',
    finishedAt: AT,
  }
}

process.stdout.write(JSON.stringify(await writeReports(JSON.parse(process.argv[2] ?? '') as WriteReportsArgument)))
