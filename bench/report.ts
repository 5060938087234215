import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { EventfulReportsArgument, EventfulReportsResult } from './subjects/eventful-reports.ts'
import type { WriteReportsArgument, WriteReportsResult } from './subjects/write-reports.ts'
import { type Finding, megabytes, seconds, whole } from './support/finding.ts'
import { writeMembers } from './support/members.ts'
import { runSubject } from './support/rollcall.ts'
import type { Workplace } from './support/workplace.ts'

const ROWS = 1_000_000
const EVENTFUL = { rows: 300_000, problems: 2_000 }
const CHROMIUM = '/usr/bin/chromium'

/** How fast the ledger takes rows with their outcomes, how fast the reports are written from it, and how soon one opens. */
export async function* report(place: Workplace, scale: number): AsyncGenerator<Finding> {
  yield await plainRun(place, ROWS * scale)
  yield await eventfulRun(place, EVENTFUL.rows * scale)
}

async function plainRun(place: Workplace, wanted: number): Promise<Finding> {
  const file = await writeMembers(place, wanted)
  const folder = mkdtempSync(join(place.folder, 'reports-'))
  const argument: WriteReportsArgument = { file, folder }
  const result = await runSubject<WriteReportsResult>(place, 'write-reports', argument)
  const { rows, ledgerMs, reportsMs, reportsCpuMs, peakBytes } = result
  const written = sizeOf(folder, 'results.csv')
  const rate = (ms: number) => whole((rows * 1000) / ms)
  rmSync(folder, { recursive: true })
  return {
    title: `Rows a second written, of ${whole(rows)}; at most ${megabytes(peakBytes)} of memory`,
    columns: ['', 'rows a second', 'of processor time', 'written', 'took'],
    rows: [
      ['ledger: rows and outcomes', rate(ledgerMs), '', '', seconds(ledgerMs)],
      ['all reports', rate(reportsMs), rate(reportsCpuMs), megabytes(written), seconds(reportsMs)],
    ],
    goals: [],
  }
}

async function eventfulRun(place: Workplace, rows: number): Promise<Finding> {
  const folder = mkdtempSync(join(place.folder, 'eventful-'))
  const argument: EventfulReportsArgument = { ...EVENTFUL, rows, folder }
  const result = await runSubject<EventfulReportsResult>(place, 'eventful-reports', argument)
  const page = join(folder, 'report.html')
  const opened = existsSync(CHROMIUM) ? await openingMs(page) : undefined
  const line = (name: string, ms: number) => [name, megabytes(sizeOf(folder, name)), seconds(ms)]
  const finding: Finding = {
    title:
      `A run of ${whole(rows)} rows with ${whole(EVENTFUL.problems)} problems of 25 kinds; ` +
      `at most ${megabytes(result.peakBytes)} of memory`,
    columns: ['', 'written', 'took'],
    rows: [
      line('results.csv', result.reportsMs),
      line('results.xlsx', result.xlsxMs),
      line('results.parquet', result.parquetMs),
    ],
    goals: [
      {
        aim: 'report.html under 2 MB',
        reached: `${whole(sizeOf(folder, 'report.html') / 1000)} kB`,
        met: sizeOf(folder, 'report.html') < 2_000_000,
      },
      ...(opened === undefined
        ? []
        : [{ aim: 'report.html opens in Chromium in under 2 s', reached: seconds(opened), met: opened < 2_000 }]),
    ],
  }
  rmSync(folder, { recursive: true })
  return finding
}

function sizeOf(folder: string, name: string): number {
  return statSync(join(folder, name)).size
}

/** From asking a browser that is there for the page until all of it is shown. */
async function openingMs(path: string): Promise<number> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    const startedAt = performance.now()
    await page.goto(`file://${path}`)
    return performance.now() - startedAt
  } finally {
    await browser.close()
  }
}
