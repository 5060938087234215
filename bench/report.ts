import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { WriteReportsArgument, WriteReportsResult } from './subjects/write-reports.ts'
import { type Finding, megabytes, seconds, whole } from './support/finding.ts'
import { writeMembers } from './support/members.ts'
import { runSubject } from './support/rollcall.ts'
import type { Workplace } from './support/workplace.ts'

const ROWS = 200_000

/** How fast the ledger takes rows with their outcomes, and how fast the reports are written from it. */
export async function* report(place: Workplace, scale: number): AsyncGenerator<Finding> {
  const file = await writeMembers(place, ROWS * scale)
  const folder = mkdtempSync(join(place.folder, 'reports-'))
  const argument: WriteReportsArgument = { file, folder }
  const { rows, ledgerMs, reportsMs } = await runSubject<WriteReportsResult>(place, 'write-reports', argument)
  const written = ['results.csv', 'results.jsonl'].map((name) => statSync(join(folder, name)).size)
  const line = (name: string, tookMs: number, bytes: number) => [
    name,
    whole((rows * 1000) / tookMs),
    megabytes(bytes),
    seconds(tookMs),
  ]
  yield {
    title: `Rows a second written, of ${whole(rows)}`,
    columns: ['', 'rows a second', 'written', 'took'],
    rows: [
      line('ledger: rows and outcomes', ledgerMs, statSync(join(folder, 'ledger.db')).size),
      line('results.csv and results.jsonl', reportsMs, (written[0] ?? 0) + (written[1] ?? 0)),
    ],
    goals: [],
  }
  rmSync(folder, { recursive: true })
}
