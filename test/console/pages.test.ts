import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import { type Browser, type BrowserContext, type Page, chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts'
import { type Place, place, run, start, write } from '../support/cli.ts'
import { endDetached } from '../support/detached.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { hasProgram } from '../support/programs.ts'
import { type RedisServer, hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

const TOKEN = 'a-token-of-the-test'
/** What would run where a page takes a cell, or a name, for its own text. */
const HTML = '<img src=x onerror=document.body.dataset.broken=1>'

const strictPlan = membersPlan.replace('${mobile}', '${mobile | phone IN}')
const slowPlan = strictPlan.replace('register: none', 'register: 1200')
const wrongPlan = slowPlan.replace('${name}', '${nmae}')
/** 120 members, of which the second's key is HTML, and the first and the third have no number that is one. */
const members = membersCsv(120)
  .replace('919800000000', '12')
  .replace('919800000002', '<b>y</b>')
  .replace('M-2,', `${HTML},`)

describe.runIf(hasProgram('chromium') && hasRedis)('the console’s pages', () => {
  let simulator: Simulator
  let redis: RedisServer
  let where: Place
  let base = ''
  let browser: Browser
  let session: BrowserContext
  /** The path of the run that the first test made. */
  let imported = ''
  let registeredBefore = 0
  const complaints: string[] = []
  const elsewhere: string[] = []

  beforeAll(async () => {
    simulator = await startSimulator({ latencyMs: 5 })
    redis = await startRedis()
    where = place(simulator.url, redis.url)
    await holdBackASync(where)
    registeredBefore = simulator.stats().registrations
    const console = start({ ...where, env: { ...where.env, ROLLCALL_CONSOLE_TOKEN: TOKEN } }, [
      'console',
      '--port',
      '0',
    ])
    let printed = ''
    console.child.stdout?.on('data', (text: string) => (printed += text))
    await until('the console prints its address', () => /http:\/\/127\.0\.0\.1:\d+/u.test(printed))
    base = /http:\/\/127\.0\.0\.1:\d+/u.exec(printed)?.[0] ?? ''
    browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'], timeout: 120_000 })
    session = await browser.newContext({ viewport: { width: 1280, height: 900 } })
    const page = await open('/?token=' + TOKEN)
    await page.waitForURL(`${base}/`)
    await page.close()
  })

  afterAll(async () => {
    await browser?.close()
    endDetached(where.home)
    await simulator?.close()
    await redis?.close()
  })

  async function open(path: string): Promise<Page> {
    const page = await session.newPage()
    page.setDefaultTimeout(120_000)
    page.on('console', (message) => complaints.push(`${path}: ${message.text()}`))
    page.on('pageerror', (error) => complaints.push(`${path}: ${String(error)}`))
    page.on('request', (request) => void (request.url().startsWith(base) || elsewhere.push(request.url())))
    await page.goto(`${base}${path}`)
    return page
  }

  test('a file with mistakes: checked, its plan mended, imported, paused, resumed, and its failures sent again', async () => {
    const page = await open('/import')
    await page.setInputFiles('input[name=file]', {
      name: 'members.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(members),
    })
    await page.setInputFiles('input[name=plan]', {
      name: 'p.yaml',
      mimeType: 'text/yaml',
      buffer: Buffer.from(wrongPlan),
    })
    await page.getByRole('button', { name: 'Check every row' }).click()
    await page.getByRole('alert').filter({ hasText: 'nmae' }).waitFor()
    await page.locator('.cm-lint-marker-error').first().waitFor()

    await page.locator('.cm-content').click()
    await page.keyboard.press('Control+a')
    await page.keyboard.insertText(slowPlan)
    await page.getByRole('button', { name: 'Check every row' }).click()
    await page.getByRole('heading', { name: '120 rows: 118 ready, 2 invalid' }).waitFor()

    // What was found was found under another plan.
    await page.locator('.cm-content').click()
    await page.keyboard.press('Control+End')
    await page.keyboard.insertText('# as it is')
    await page.getByRole('heading', { name: '118 ready' }).waitFor({ state: 'detached' })

    await page.getByRole('button', { name: 'Import all' }).click()
    await page.waitForURL('**/runs/*')
    imported = new URL(page.url()).pathname
    await answer(page, 'Pause', 'Pause it')
    await page.locator('h1 .state.paused').waitFor()
    await answer(page, 'Resume', 'Resume it')
    await page.locator('h1 .state.running').waitFor()
    await page.getByLabel('Limit of register').fill('30000')
    await page.getByRole('button', { name: 'Change' }).first().click()
    await page.locator('h1 .state.finished').waitFor()
    await page.getByText('Finished; 2 of 120 rows did not succeed.').waitFor()
    await page.locator('h1 .state.finished.bad').waitFor()
    expect(simulator.stats().registrations).toBe(registeredBefore + 118)

    await page.getByRole('button', { name: '2 invalid' }).click()
    await page.getByRole('cell', { name: 'M-3', exact: true }).waitFor()
    await page.getByRole('button', { name: 'Send the invalid again' }).click()
    await page.getByRole('dialog').getByText('2 rows of them cannot be sent still').waitFor()
    await page.getByRole('button', { name: 'Send them' }).click()
    await page.waitForURL(({ pathname }) => pathname !== imported)
    await page.locator('h1 .state.finished').waitFor()
    await page.close()
  })

  test('what came with a file is shown as it is, and nothing of it runs', async () => {
    const page = await open(imported)
    await page.getByLabel('Show keys in full').check()
    await page.getByRole('cell', { name: HTML }).waitFor()
    await page.getByRole('link', { name: '2', exact: true }).click()
    await page.getByText(HTML).first().waitFor()
    expect(await page.evaluate('document.body.dataset.broken')).toBeUndefined()
    await page.close()
  })

  test('a held sync is let go', async () => {
    const page = await open('/syncs')
    await page.getByRole('link', { name: 'nightly' }).click()
    await page.getByRole('heading', { name: 'is held back' }).waitFor()
    await answer(page, 'It is right: go on', 'Go on')
    await page.getByRole('row').filter({ hasText: 'finished' }).nth(1).waitFor()
    await answer(page, 'Pause', 'Pause it')
    await page.getByRole('heading', { name: 'Paused since' }).waitFor()
    expect(await page.getByRole('button', { name: 'Run now' }).count()).toBe(0)
    await answer(page, 'Resume', 'Resume it')
    await page.getByRole('button', { name: 'Run now' }).waitFor()
    await page.close()
  })

  test('every page is fit for readers of screens, phones and desks, in light and dark, and asks nobody else', async () => {
    const paths = [
      '/',
      '/import',
      imported,
      `${imported}/rows/1`,
      '/syncs',
      '/syncs/nightly',
      '/workers',
      '/codes',
      '/nowhere',
    ]
    for (const path of paths) {
      const page = await open(path)
      await page.locator('h1').waitFor()
      await page.waitForLoadState('networkidle')
      if (path === '/import') {
        await page.setInputFiles('input[name=plan]', {
          name: 'p.yaml',
          mimeType: 'text/yaml',
          buffer: Buffer.from(`# In colours\n${strictPlan}`),
        })
        await page.locator('.cm-line').filter({ hasText: 'In colours' }).waitFor()
      }
      for (const [width, colorScheme, rules] of VIEWS) {
        await page.emulateMedia({ colorScheme })
        await page.setViewportSize({ width, height: 900 })
        const view = [path, width, colorScheme]
        expect([...view, await violations(page, rules)]).toEqual([...view, []])
        const shown = Number(await page.evaluate('document.documentElement.scrollWidth'))
        expect([...view, shown]).toEqual([...view, Math.min(shown, width)])
      }
      await page.close()
    }
    expect(elsewhere).toEqual([])
    expect(complaints.filter((text) => !/status of (?:400|404)/u.test(text))).toEqual([])
  })
})

/** What differs between light and dark are colours: the other rules are tried at both widths. */
const EVERY_RULE = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const COLOURS = ['color-contrast']
const VIEWS = [
  [390, 'light', EVERY_RULE],
  [390, 'dark', COLOURS],
  [1280, 'light', COLOURS],
  [1280, 'dark', EVERY_RULE],
] as const

/** A sync with one good night, and a file of half as many rows that a guard holds back. */
async function holdBackASync(where: Place): Promise<void> {
  const inbox = join(where.folder, 'inbox')
  mkdirSync(inbox)
  write(where, 'plan.yaml', membersPlan)
  const file = write(where, 'nightly.yaml', 'plan: plan.yaml\nsource: inbox\nready: renamed\n')
  for (const rows of [20, 10]) {
    writeFileSync(
      join(inbox, `members-${rows}.csv`),
      membersCsv(rows).replaceAll('M-', 'S-').replaceAll('91980', '91990'),
    )
    await run(where, ['sync', 'run', file])
  }
}

async function answer(page: Page, label: string, yes: string): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: yes }).click()
}

async function violations(page: Page, rules: readonly string[]): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  return await page.evaluate(
    `axe.run({ runOnly: ${JSON.stringify(rules)} }).then((result) => result.violations.map(({ id, nodes }) => id + ' ' + nodes.map(({ target }) => target).join(' ')))`,
  )
}
