import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { renderIndex } from '../../src/app/report/render-index.ts'
import { type IndexedRun, homePage } from '../../src/report/page/home-page.ts'
import { saveRunRecord } from '../../src/run/run-record.ts'
import { record as recordOf } from '../run/record.ts'
import { openBrowser, openFile } from '../support/browser.ts'
import { place, write } from '../support/cli.ts'
import { hasProgram } from '../support/programs.ts'

const finished: IndexedRun = {
  run: '20261129-100513-members-fcea',
  kind: 'import',
  state: 'finished',
  file: 'a-long-name-of-a-file-from-another-program-2026-11-29-final (2) <b>.csv',
  done: 598_000,
  rows: 600_000,
  problems: 2_000,
  isToLookAt: true,
  startedAt: '2026-11-29T10:05:13.000Z',
  finishedAt: '2026-11-29T12:05:13.000Z',
  report: 'runs/20261129-100513-members-fcea/report.html',
}
const halted: IndexedRun = { ...finished, run: '20261130-000000-members-0001', state: 'halted', report: undefined }

test('the page of all runs names each, the latest first, and links its report', () => {
  const page = homePage([finished, halted])
  expect(page.indexOf(halted.run)).toBeLessThan(page.indexOf(finished.run))
  expect(page).toContain(`<a href="${finished.report}">${finished.run}</a>`)
  expect(page).toContain('598,000 of 600,000 rows done, <b>2,000 did not succeed</b>')
  expect(page).toContain('29 Nov 2026, 10:05:13 UTC, 2 hours')
  expect(page).toContain('(2) &lt;b&gt;.csv')
  expect(page).not.toContain('<script')
})

test('what left something to look at is not shown as good', () => {
  const well: IndexedRun = { ...finished, done: 600_000, problems: 0, isToLookAt: false }
  expect(homePage([well])).toContain('<span class="good">finished</span>')
  const warned = homePage([{ ...well, isToLookAt: true }])
  expect(warned).toContain('<span class="mixed">finished</span>')
  expect(warned).toContain('600,000 rows, with something to look at')
})

test('of many runs it shows those that began last', () => {
  const runs = Array.from({ length: 501 }, (_, at) => ({ ...finished, run: `run-${String(at).padStart(3, '0')}` }))
  const page = homePage(runs)
  expect(page).toContain('run-500')
  expect(page).not.toContain('run-000')
  expect(page).toContain('And 1 older ones')
})

test('it is written into the home, with the runs that are there', () => {
  const { home } = place('http://127.0.0.1:9')
  const record = recordOf('20261129-100513-members-fcea', { startedAt: '2026-11-29T10:05:13.000Z' })
  mkdirSync(join(home, 'runs', record.run), { recursive: true })
  saveRunRecord(home, record)
  renderIndex(home, () => {})
  expect(readFileSync(join(home, 'index.html'), 'utf8')).toContain(`data-run="${record.run}"`)
})

describe.skipIf(!hasProgram('chromium'))('in a browser', () => {
  test('it loads nothing, complains of nothing, and fits a phone', async () => {
    const where = place('http://127.0.0.1:9')
    const path = write(where, 'index.html', homePage([finished, halted]))
    const { page, requests, complaints } = await openFile(await openBrowser(), path, {
      width: 320,
      colorScheme: 'dark',
    })
    expect([requests, complaints]).toEqual([[], []])
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
  })
})
