import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { startSimulator } from '../src/simulator/start-simulator.ts'
import { FAULTS, PLAN, csvOf, wrongRows } from './support/chaos-rows.ts'
import { type Finding, percent, seconds, whole } from './support/finding.ts'
import { type OAuthPlace, newHome, startWithToken, startWorkerWithToken } from './support/oauth.ts'
import { startRedis } from './support/redis.ts'
import type { Started, Workplace } from './support/workplace.ts'

const ROWS = { redis: 100_000, embedded: 20_000 }
/** Of each kind: nearly every fifth request meets one. */
const EACH = 0.01
const KILL_EVERY_MS = 60_000
/** A 429 that says nothing of a time holds a lane until the next minute: here they are short. */
const MINUTE_MS = 300

interface Figures {
  readonly name: string
  readonly rows: number
  readonly wrong: readonly string[]
  readonly twice: number
  readonly requests: number
  readonly faults: number
  readonly killed: number
  readonly tookMs: number
}

/** Both lanes under every kind of fault, with workers that are killed: whether the books and the report agree row by row. */
export async function* chaos(place: Workplace, scale: number): AsyncGenerator<Finding> {
  const all = [await onRedis(place, ROWS.redis * scale), await onEmbedded(place, ROWS.embedded * scale)]
  yield {
    title: `Both lanes under ${FAULTS.length} kinds of fault at ${percent(EACH)} each`,
    columns: ['', 'rows', 'wrong', 'done twice', 'requests', 'faults', 'workers killed', 'took'],
    rows: all.map(({ name, rows, wrong, twice, requests, faults, killed, tookMs }) => [
      name,
      ...[rows, wrong.length, twice, requests, faults, killed].map(whole),
      seconds(tookMs),
    ]),
    goals: all.map(({ name, wrong, twice }) => ({
      aim: `${name}: books and report agree row by row, and nothing is done twice`,
      reached: wrong[0] ?? 'they do',
      met: wrong.length + twice === 0,
    })),
  }
}

/** Two workers, of which one is killed each minute and another takes its place. */
async function onRedis(place: Workplace, rows: number): Promise<Figures> {
  await using redis = await startRedis(place)
  return await measure(place, 'two workers on Redis, one killed each minute', rows, async (where, run) => {
    const there = { ...where, redisUrl: redis.url }
    let workers = [await startWorkerWithToken(place, there), await startWorkerWithToken(place, there)]
    let killed = 0
    const killing = setInterval(() => {
      const [first, ...others] = workers
      workers = [...others, startWithToken(place, ['worker'], there)]
      killed += 1
      void first?.[Symbol.asyncDispose]()
    }, KILL_EVERY_MS)
    try {
      await run(there, ['--no-workers'])
    } finally {
      clearInterval(killing)
      for (const worker of workers) await worker[Symbol.asyncDispose]()
    }
    return killed
  })
}

async function onEmbedded(place: Workplace, rows: number): Promise<Figures> {
  return await measure(place, 'alone on the embedded broker', rows, async (where, run) => {
    await run(where, [])
    return 0
  })
}

type Run = (where: OAuthPlace, options: readonly string[]) => Promise<void>

/** `work`: has the import run; gives how many workers it killed. */
async function measure(
  place: Workplace,
  name: string,
  rows: number,
  work: (where: OAuthPlace, run: Run) => Promise<number>,
): Promise<Figures> {
  const faults = Object.fromEntries(FAULTS.map((fault) => [fault, EACH]))
  const simulator = await startSimulator({ faults, slowMs: 300, latencyMs: 5 })
  const [file, plan, home] = [join(place.folder, 'chaos.csv'), join(place.folder, 'chaos.yaml'), newHome(place)]
  writeFileSync(file, csvOf(rows))
  writeFileSync(plan, PLAN)
  const startedAt = performance.now()
  try {
    const killed = await work({ baseUrl: simulator.url, home, minuteMs: MINUTE_MS }, async (where, options) => {
      const importing: Started = startWithToken(place, ['import', file, '--plan', plan, ...options], where)
      await importing.ended()
    })
    const tookMs = performance.now() - startedAt
    const { doubleRegistrations, linksMadeTwice, replies, faults: drawn } = simulator.stats()
    return {
      name,
      rows,
      wrong: wrongRows(resultsIn(home), rows, simulator),
      twice: doubleRegistrations + linksMadeTwice,
      requests: sumOf(replies),
      faults: sumOf(drawn),
      killed,
      tookMs,
    }
  } finally {
    await simulator.close()
  }
}

function resultsIn(home: string): Record<string, string>[] {
  const run = readdirSync(join(home, 'runs')).find((entry) => !entry.startsWith('.')) ?? ''
  return parse(readFileSync(join(home, 'runs', run, 'results.csv')), { columns: true, bom: true })
}

function sumOf(counts: Readonly<Record<string, number | undefined>>): number {
  return Object.values(counts).reduce<number>((sum, count) => sum + (count ?? 0), 0)
}
