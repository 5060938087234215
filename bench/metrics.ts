import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Summary } from '../src/report/summary.ts'
import { freePort } from '../test/support/free-port.ts'
import { type Finding, megabytes, ratio, whole } from './support/finding.ts'
import { writeMembers } from './support/members.ts'
import { limitedPlan } from './support/plans.ts'
import { startRedis } from './support/redis.ts'
import { command, environment, startSimulator } from './support/rollcall.ts'
import { residentOfTree } from './support/watch-process.ts'
import type { Workplace } from './support/workplace.ts'

const MINUTES = 120
/** EMEA's documented limit of registrations. A trial takes ten times as many a minute. */
const LIMIT = { whole: 400, trial: 4_000 }
const FAULTS = 'http503=0.01,throttled429RetryAfter=0.0002,lostAfter=0.01'
const GOAL = { growth: 1.05 }

/** What a run of two hours that Prometheus reads each second leaves in the memory, and whether its counts are the run's. */
export async function* metrics(place: Workplace, scale: number): AsyncGenerator<Finding> {
  const limit = scale === 1 ? LIMIT.whole : LIMIT.trial
  const minutes = scale === 1 ? MINUTES : MINUTES * scale * 0.2
  const rows = Math.round(minutes * limit)
  const file = await writeMembers(place, rows)
  await using simulator = await startSimulator(place, ['--faults', FAULTS])
  await using redis = await startRedis(place)
  const env = environment(place, { baseUrl: simulator.url, redisUrl: redis.url })
  const home = mkdtempSync(join(place.folder, 'home-'))
  const start = (args: readonly string[]) =>
    place.start(process.execPath, [...command(), ...args], {
      ...env,
      ROLLCALL_HOME: home,
      ROLLCALL_CONSOLE_TOKEN: TOKEN,
    })
  const [workerPort, consolePort] = [await freePort(), await freePort()]
  await using worker = start(['worker', '--metrics', String(workerPort)])
  await worker.line(/worker started/)
  await using served = start(['console', '--port', String(consolePort)])
  await served.line(/http:\/\/127\.0\.0\.1/)
  const watched = [
    watch('worker', worker.pid, `http://127.0.0.1:${workerPort}/metrics`),
    watch('console', served.pid, `http://127.0.0.1:${consolePort}/metrics`),
  ]

  const end = new AbortController()
  const scraping = watched.map((one) => one.scrape(end.signal))
  const importing = start(['import', file, '--plan', limitedPlan(place, 'register', limit), '--no-workers', '--json'])
  const summary = JSON.parse(await importing.output()) as Summary
  end.abort()
  await Promise.all(scraping)
  // What the last request changed is there at the next look.
  for (const one of watched) await one.look()

  const { requests = 0 } = summary.lanes['register'] ?? {}
  const counts = watched.map((one) => one.counted())
  yield {
    title: `A run of ${whole(rows)} rows at ${limit} a minute, with its worker and the console read each second`,
    columns: ['', 'reads', 'series', 'first tenth', 'second quarter', 'last quarter', 'growth', 'requests', 'rows'],
    rows: watched.map(({ name, reads, series, memory }, at) => [
      name,
      whole(reads()),
      whole(series().size),
      megabytes(mean(memory, 0, 0.1)),
      megabytes(mean(memory, 0.25, 0.5)),
      megabytes(mean(memory, 0.75, 1)),
      ratio(growth(memory)),
      whole(counts[at]?.requests ?? 0),
      whole(counts[at]?.rows ?? 0),
    ]),
    goals: [
      {
        aim: `no more than ${ratio(GOAL.growth)} times the memory in the last quarter as in the second`,
        reached: watched.map(({ memory }) => ratio(growth(memory))).join(', '),
        met: watched.every(({ memory }) => growth(memory) <= GOAL.growth),
      },
      {
        aim: `the counts are those of summary.json, ${whole(requests)} requests and ${whole(rows)} rows`,
        reached: counts.map((count) => `${whole(count.requests)} and ${whole(count.rows)}`).join('; '),
        met: counts.every((count) => count.requests === requests && count.rows === rows),
      },
      {
        aim: 'no name of a series has a run, a row or a member in it',
        reached: watched.map(({ series }) => whole(namingOf(series(), summary.run).length)).join(', '),
        met: watched.every(({ series }) => namingOf(series(), summary.run).length === 0),
      },
    ],
  }
}

const TOKEN = 'the-token-of-a-bench'
const EVERY_MS = 1_000

/** Reads the metrics of a process and its memory, each second. */
function watch(name: string, pid: number, url: string) {
  const memory: number[] = []
  let reads = 0
  let text = ''
  const look = async () => {
    const reply = await fetch(url, { headers: { authorization: `Bearer ${TOKEN}` } })
    text = await reply.text()
    if (!reply.ok) throw new Error(`${url} was answered with ${reply.status}`)
    reads += 1
    memory.push(residentOfTree(pid))
  }
  const series = () => readSeries(text)
  return {
    name,
    memory,
    reads: () => reads,
    series,
    look,
    async scrape(signal: AbortSignal) {
      for (; !signal.aborted; await delay(EVERY_MS, undefined, { signal }).catch(() => {})) await look()
    },
    counted: () => ({
      requests: total(series(), 'rollcall_requests_total{'),
      rows: total(series(), 'rollcall_rows_total{'),
    }),
  }
}

/** The values of Prometheus' text, by name and labels. */
function readSeries(text: string): ReadonlyMap<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ')))]))
}

function total(series: ReadonlyMap<string, number>, name: string): number {
  return Array.from(series).reduce((sum, [key, value]) => (key.startsWith(name) ? sum + value : sum), 0)
}

/** Names that hold the run's, or what tells a member of the bench's file. */
function namingOf(series: ReadonlyMap<string, number>, run: string): readonly string[] {
  return [...series.keys()].filter((key) => key.includes(run) || /M-1\d{7}|9?1?9870\d{6}|@example/i.test(key))
}

function growth(memory: readonly number[]): number {
  return mean(memory, 0.75, 1) / mean(memory, 0.25, 0.5)
}

function mean(values: readonly number[], from: number, to: number): number {
  const part = values.slice(Math.floor(values.length * from), Math.ceil(values.length * to))
  return part.reduce((sum, value) => sum + value, 0) / part.length
}
