import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

import axe from 'axe-core'
import { parse } from 'csv-parse/sync'
import type { Locator, Page } from 'playwright-core'
import { afterAll, describe, expect, test } from 'vitest'

import { EVENTFUL_RPM, EVENTFUL_START, fillEventfully } from '../../bench/support/eventful-ledger.ts'
import { renderReports } from '../../src/report/render-reports.ts'
import { temporaryFolder } from '../ledger/folder.ts'
import { openBrowser, openFile } from '../support/browser.ts'
import { hasProgram } from '../support/programs.ts'
import { sampleRun } from './sample-run.ts'

type Line = Readonly<Record<string, string>>

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())

/** The reports of a run of 30,000 rows with 2,000 problems of 25 kinds. */
const ledger = folder.open()
fillEventfully(ledger, { rows: 30_000, problems: 2_000 })
const summary = await renderReports({
  ledger,
  dir: folder.dir,
  run: {
    ...sampleRun,
    limits: { register: EVENTFUL_RPM },
    startedAt: new Date(EVENTFUL_START).toISOString(),
    finishedAt: new Date(EVENTFUL_START + 3_600_000).toISOString(),
    family: {
      runs: ['r1', 'r2'],
      rows: 30_000,
      ok: 29_000,
      warned: 10,
      rejected: 900,
      failed: 90,
      invalid: 0,
      skipped: 0,
    },
    verification: {
      run: 'r3',
      state: 'finished',
      finishedAt: new Date(EVENTFUL_START + 7_200_000).toISOString(),
      members: 28_000,
      verified: 27_970,
      found: 4,
      differing: 25,
      unanswered: 1,
      differences: [
        { message: 'fewer points than registration promised', rows: 20, firstRow: 1_001 },
        { code: 8015, message: 'Customer not found for the given identifiers', rows: 5, firstRow: 12 },
      ],
      file: '/home/me/.rollcall/runs/r3/verify.csv',
    },
  },
})
const lines: readonly Line[] = parse(readFileSync(join(folder.dir, 'results.csv')), { columns: true })
const path = join(folder.dir, 'report.html')

describe.skipIf(!hasProgram('chromium'))('report.html in a browser', () => {
  test('loads nothing, complains of nothing, fits a phone and a desk, and anybody can read it, light and dark', async () => {
    const browser = await openBrowser()
    for (const width of [390, 1280]) {
      for (const colorScheme of ['light', 'dark'] as const) {
        const { page, requests, complaints } = await openFile(browser, path, { width, colorScheme })
        expect([requests, complaints]).toEqual([[], []])
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
        expect(await barriersIn(page)).toEqual([])
        await page.close()
      }
    }
  })

  test('every figure is that of a query over results.csv, and of summary.json', async () => {
    const { page } = await openFile(await openBrowser(), path, { width: 1280, colorScheme: 'light' })
    expect(await figuresIn(page)).toEqual(figuresOf(lines))
    const { register } = summary.lanes
    expect(register).toMatchObject({ throttled: 3, throttled_times: 3, throttled_seconds: 130 })
    const traffic = await page.textContent('[data-traffic=register]')
    expect(traffic).toContain(`${register?.requests.toLocaleString('en-US')} requests`)
    expect(traffic).toContain('Throttled 3 times, 2 minutes 10 seconds in all')
    expect(await page.textContent('h1')).toBe('Finished; 2,000 of 30,000 rows did not succeed, 60 warned.')
  })

  test('it says how the file stands after all runs, and what a verification found', async () => {
    const { page } = await openFile(await openBrowser(), path, { width: 1280, colorScheme: 'light' })
    expect(await page.textContent('[aria-labelledby=family] [data-status=ok]')).toContain('29,000')
    expect(await page.textContent('[aria-labelledby=verification]')).toContain(
      '28,000 members looked up: 27,970 as recorded, 4 there though the import had no final answer, ' +
        '25 not as recorded, or not there, 1 without an answer.',
    )
    expect(await page.textContent('[data-difference="8015"]')).toContain('Customer not found')
  })
})

test('is small, and names no e-mail and no mobile', () => {
  expect(statSync(path).size).toBeLessThan(150_000)
  expect(readFileSync(path, 'utf8')).not.toMatch(/\b98\d{8}\b|[\w.]@[\w]/u)
})

/** What axe finds in the way of people who see, hear or move otherwise: contrast, headings, landmarks, names. */
async function barriersIn(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>('axe.run()')
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
}

interface Figures {
  readonly statuses: Record<string, number>
  readonly results: Record<string, number>
  readonly problems: Record<string, number>
  readonly warnings: Record<string, number>
  /** In all, and in how many rows. */
  readonly gains: Record<string, readonly number[]>
}

async function figuresIn(page: Page): Promise<Figures> {
  async function each<Value>(selector: string, read: (element: Locator) => Promise<readonly [string, Value]>) {
    return Object.fromEntries(await Promise.all((await page.locator(selector).all()).map(read)))
  }
  return {
    statuses: await each('[aria-labelledby=counts] tr[data-status]', async (row) => [
      await data(row, 'status'),
      await first(row.locator('.number')),
    ]),
    results: await each('td[data-result]', async (cell) => [await data(cell, 'result'), await first(cell)]),
    problems: await each('li[data-code]', async (card) => {
      const code = await data(card, 'code')
      const text = await card.locator('h3 > span').last().textContent()
      return [`${await data(card, 'status')} ${code === '' ? text : code}`, await first(card.locator('.count'))]
    }),
    warnings: await each('tr[data-warning]', async (row) => [
      await data(row, 'warning'),
      await first(row.locator('.number')),
    ]),
    gains: await each('tr[data-gain]', async (row) => {
      return [`${await data(row, 'gain')} ${await data(row, 'name')}`, await numbers(row.locator('.number'))]
    }),
  }
}

async function numbers(found: Locator): Promise<readonly number[]> {
  return (await found.allTextContents()).map((text) => Number(text.replaceAll(',', '')))
}

async function first(found: Locator): Promise<number> {
  return (await numbers(found))[0] ?? Number.NaN
}

async function data(element: Locator, name: string): Promise<string> {
  return (await element.getAttribute(`data-${name}`)) ?? ''
}

/** The same figures from the lines of results.csv alone. */
function figuresOf(of: readonly Line[]): Figures {
  const bad = of.filter((line) => ['rejected', 'failed', 'invalid'].includes(line['_status'] ?? ''))
  const effects = of.map((line) => (line['_side_effects'] ?? '').split('; ').filter((effect) => effect !== ''))
  const gain = (start: string, amount: (effect: string) => number) => {
    const own = effects
      .map((found) => found.filter((effect) => effect.startsWith(start)))
      .filter((found) => found.length > 0)
    return [own.flat().reduce((sum, effect) => sum + amount(effect), 0), own.length]
  }
  return {
    statuses: { ...countOf(of.map((line) => line['_status'])), all: of.length },
    results: countOf(of.map((line) => line['_register'])),
    // What has no code is told apart by what it says, less what differs from row to row.
    problems: countOf(
      bad.map((line) => `${line['_status']} ${line['_code'] || (line['_message'] ?? '').replace(/"x\d+"/u, '…')}`),
    ),
    warnings: countOf(
      of.flatMap((line) => (line['_warnings'] ?? '').split('; ').map((warning) => warning.split(' ')[0])),
    ),
    gains: {
      'points ': gain('points ', lastNumber),
      'coupon ': gain('coupon ', () => 1),
      'alternate_currency ac1': gain('alternate_currency ac1 ', lastNumber),
    },
  }
}

function lastNumber(effect: string): number {
  return Number(effect.split(' ').at(-1))
}

function countOf(texts: readonly (string | undefined)[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const text of texts) if (text !== undefined && text !== '') counts[text] = (counts[text] ?? 0) + 1
  return counts
}
