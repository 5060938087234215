import { onTestFinished } from 'vitest'
import { type Browser, type Page, chromium } from 'playwright-core'

/** Where Debian's package has it. */
const CHROMIUM = '/usr/bin/chromium'

/** A browser of the test's own, closed when it ends. */
export async function openBrowser(): Promise<Browser> {
  // Its sandbox needs privileges that a container does not have; it only ever sees files of the test's own.
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'], timeout: 120_000 })
  onTestFinished(() => browser.close())
  return browser
}

export interface Opened {
  readonly page: Page
  /** What it asked for beside the file itself. */
  readonly requests: readonly string[]
  /** What went to its console, and what was thrown. */
  readonly complaints: readonly string[]
}

export interface View {
  readonly width: number
  readonly colorScheme: 'light' | 'dark'
}

/** Opens a file of this machine, and keeps a record of what it does. */
export async function openFile(browser: Browser, path: string, { width, colorScheme }: View): Promise<Opened> {
  const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme })
  page.setDefaultTimeout(120_000)
  const requests: string[] = []
  const complaints: string[] = []
  const url = `file://${path}`
  page.on('request', (request) => void (request.url() === url || requests.push(request.url())))
  page.on('console', (message) => complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(String(error)))
  await page.goto(url)
  return { page, requests, complaints }
}
