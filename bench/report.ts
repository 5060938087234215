import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
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
  const opened = existsSync(CHROMIUM) ? await openingMs(page, writeTable(folder)) : undefined
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
        : [
            {
              aim: 'report.html opens in Chromium sooner than a plain table of 20,000 lines',
              reached: opened.map(seconds).join(' and '),
              met: opened[0] < opened[1],
            },
          ]),
    ],
  }
  rmSync(folder, { recursive: true })
  return finding
}

function sizeOf(folder: string, name: string): number {
  return statSync(join(folder, name)).size
}

function writeTable(folder: string): string {
  const path = join(folder, 'table.html')
  const row = '<tr><td>48213</td><td>EXT-48213</td><td>rejected</td><td>The identifier is not valid.</td></tr>'
  writeFileSync(path, `<!doctype html><title>t</title><table>${row.repeat(20_000)}</table>`)
  return path
}

/** From asking a browser that is there for each page until all of it is shown, in turn, the best of three. */
async function openingMs(path: string, other: string): Promise<readonly [number, number]> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] })
  const open = async (file: string) => {
    const page = await browser.newPage()
    const startedAt = performance.now()
    await page.goto(`file://${file}`)
    const tookMs = performance.now() - startedAt
    await page.close()
    return tookMs
  }
  try {
    const best: [number, number] = [Infinity, Infinity]
    for (let round = 0; round < 3; round += 1) {
      best[0] = Math.min(best[0], await open(path))
      best[1] = Math.min(best[1], await open(other))
    }
    return best
  } finally {
    await browser.close()
  }
}
