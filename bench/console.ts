import { mkdirSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { openLedger } from '../src/ledger/open-ledger.ts'
import { type RunRecord, runFolder, saveRunRecord } from '../src/run/run-record.ts'
import { EVENTFUL_RPM, EVENTFUL_START, fillEventfully } from './support/eventful-ledger.ts'
import { type Finding, megabytes, ratio, whole } from './support/finding.ts'
import { writeMembers } from './support/members.ts'
import { unlimitedPlan } from './support/plans.ts'
import { startRedis } from './support/redis.ts'
import { TIRELESS, command, laneRate, runImport, setBy, startSimulator } from './support/rollcall.ts'
import { peakOf } from './support/watch-process.ts'
import type { Workplace } from './support/workplace.ts'

const ROWS = 10_000_000
const PROBLEMS = 10_000
const PAGES = 200
const PAGE_ROWS = 50
const OTHER_RUNS = 500
const IMPORTED = { lane: 'link', rows: 1_000_000 } as const
const BROWSERS = 20
const GOAL = { pageMs: 50, memory: 150e6, throughput: 0.95 }

/** How soon the console shows rows of a long run, what it needs, and what an import loses by those who look on. */
export async function* console(place: Workplace, scale: number): AsyncGenerator<Finding> {
  yield await pagesAnywhere(place, scale)
  yield await lookersOn(place, scale)
}

async function pagesAnywhere(place: Workplace, scale: number): Promise<Finding> {
  const home = mkdtempSync(join(place.folder, 'home-'))
  const rows = Math.round(ROWS * scale)
  const run = fillRun(home, 'long', { rows, problems: Math.round(PROBLEMS * scale) })
  for (let other = 0; other < OTHER_RUNS * scale; other += 1) fillRun(home, `other-${other}`, { rows: 10, problems: 1 })
  await using served = await serve(place, home)
  // Spread over the run, in an order that no cache guesses.
  const places = Array.from({ length: PAGES }, (_, at) => ((at * 7_919) % PAGES) * Math.floor(rows / PAGES))
  const measured = [
    await measure(
      'any rows',
      places.map((after) => `/api/runs/${run}/rows?limit=${PAGE_ROWS}&after=${after}`),
      served,
    ),
    await measure(
      'rejected rows',
      places.map((after) => `/api/runs/${run}/rows?limit=${PAGE_ROWS}&status=rejected&after=${after}`),
      served,
    ),
    await measure(
      'rows with a code',
      places.map((after) => `/api/runs/${run}/rows?limit=${PAGE_ROWS}&code=8015&after=${after}`),
      served,
    ),
    await measure(
      'rows with a warning of a tenth',
      places.map((after) => `/api/runs/${run}/rows?limit=${PAGE_ROWS}&code=8107&after=${after}`),
      served,
    ),
    await measure(
      `the list of ${whole(OTHER_RUNS * scale + 1)} runs`,
      Array.from({ length: 20 }, () => '/api/runs'),
      served,
    ),
  ]
  const memory = peakOf(served.pid) ?? 0
  const [first] = measured
  return {
    title: `Pages of ${PAGE_ROWS} rows at ${PAGES} places of a run of ${whole(rows)}, over HTTP`,
    columns: ['', 'median, ms', '95 %, ms'],
    rows: measured.map(({ what, median, high }) => [what, median.toFixed(1), high.toFixed(1)]),
    goals: [
      {
        aim: `a page at any place within ${GOAL.pageMs} ms (median)`,
        reached: `${(first?.median ?? 0).toFixed(1)} ms`,
        met: (first?.median ?? Infinity) <= GOAL.pageMs,
      },
      { aim: `the console below ${megabytes(GOAL.memory)}`, reached: megabytes(memory), met: memory < GOAL.memory },
    ],
  }
}

async function lookersOn(place: Workplace, scale: number): Promise<Finding> {
  const rows = Math.round(IMPORTED.rows * scale)
  const file = await writeMembers(place, rows)
  const plan = unlimitedPlan(IMPORTED.lane)
  await using simulator = await startSimulator(place, TIRELESS)
  await using redis = await startRedis(place)
  const rate = async (home?: string) => {
    const target = { file, plan, baseUrl: simulator.url, redisUrl: redis.url, home }
    return laneRate((await runImport(place, target)).summary, IMPORTED.lane)
  }
  // Before and after, so that a machine that turns slower meanwhile does not decide the ratio.
  const before = await rate()
  const home = mkdtempSync(join(place.folder, 'home-'))
  let watched = 0
  let memory = 0
  let events = 0
  {
    await using served = await serve(place, home)
    const leave = new AbortController()
    const browsers = Array.from({ length: BROWSERS }, () => lookOn(served, leave.signal))
    watched = await rate(home)
    leave.abort()
    events = (await Promise.all(browsers)).reduce((sum, heard) => sum + heard, 0)
    memory = peakOf(served.pid) ?? 0
  }
  const after = await rate()
  const alone = (before + after) / 2
  return {
    title: `An import of ${whole(rows)} rows without limits, with ${BROWSERS} browsers on its page (${whole(events)} events heard)`,
    columns: ['', 'rows a second', 'of alone'],
    rows: [
      ['alone, before', whole(before), ''],
      ['with the console and its browsers', whole(watched), ratio(watched / alone)],
      ['alone, after', whole(after), ''],
    ],
    goals: [
      {
        aim: `at least ${ratio(GOAL.throughput)} of alone`,
        reached: ratio(watched / alone),
        met: watched / alone >= GOAL.throughput,
      },
      { aim: `the console below ${megabytes(GOAL.memory)}`, reached: megabytes(memory), met: memory < GOAL.memory },
    ],
  }
}

const YOUNG = '--max-semi-space-size='

interface Served extends AsyncDisposable {
  readonly pid: number
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

async function serve(place: Workplace, home: string): Promise<Served> {
  // As `./rollcall` has it, which keeps small what mostly waits.
  const words = command().map((word) => (word.startsWith(YOUNG) ? `${YOUNG}2` : word))
  const args = ['--optimize-for-size', ...words, 'console', '--port', '0', '--home', home]
  const started = place.start(process.execPath, args, setBy())
  const [, url = '', token = ''] = await started.line(/(http:\/\/127\.0\.0\.1:\d+)\/\?token=(\S+)/u)
  return {
    pid: started.pid,
    url,
    headers: { authorization: `Bearer ${token}` },
    [Symbol.asyncDispose]: () => started[Symbol.asyncDispose](),
  }
}

async function measure(what: string, paths: readonly string[], { url, headers }: Served) {
  const times: number[] = []
  for (const path of paths) {
    const startedAt = performance.now()
    const reply = await fetch(`${url}${path}`, { headers })
    await reply.text()
    if (!reply.ok) throw new Error(`${path} was answered with ${reply.status}`)
    times.push(performance.now() - startedAt)
  }
  times.sort((a, b) => a - b)
  return { what, median: times[Math.floor(times.length / 2)] ?? 0, high: times[Math.floor(times.length * 0.95)] ?? 0 }
}

/** What a page of a run does: hears events, and asks for the list now and then. Gives how many events it heard. */
async function lookOn({ url, headers }: Served, signal: AbortSignal): Promise<number> {
  let heard = 0
  const asking = setInterval(() => void fetch(`${url}/api/runs`, { headers, signal }).catch(() => {}), 10_000)
  try {
    const reply = await fetch(`${url}/api/events`, { headers, signal })
    for await (const piece of reply.body?.pipeThrough(new TextDecoderStream()) ?? [])
      heard += piece.split('event: run').length - 1
  } catch (error) {
    if (!signal.aborted) throw error
  } finally {
    clearInterval(asking)
  }
  return heard
}

/** A run that is over, with that many rows. */
function fillRun(home: string, run: string, what: { readonly rows: number; readonly problems: number }): string {
  const folder = runFolder(home, run)
  mkdirSync(folder.path, { recursive: true })
  const ledger = openLedger(folder.ledger)
  fillEventfully(ledger, what)
  ledger.close()
  const at = new Date(EVENTFUL_START).toISOString()
  const record: RunRecord = {
    run,
    file: '/members.csv',
    source: 'members.csv',
    sha256: '',
    plan: 'plan.yaml',
    planSha256: '',
    account: 'bench',
    baseUrl: 'http://127.0.0.1',
    limits: { register: EVENTFUL_RPM },
    lanes: ['register'],
    priority: 'normal',
    state: 'finished',
    startedAt: at,
    finishedAt: at,
  }
  saveRunRecord(home, record)
  return run
}
