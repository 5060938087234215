import { setTimeout as delay } from 'node:timers/promises'
import { readFileSync } from 'node:fs'
import type { LaneName } from '../src/model.ts'
import { loadPlan } from '../src/plan/load-plan.ts'
import { runSettings } from '../src/run/settings.ts'
import { type Finding, megabytes, ratio, seconds, whole } from './support/finding.ts'
import { writeMembers } from './support/members.ts'
import { limitedPlan, unlimitedPlan } from './support/plans.ts'
import { type RedisServer, startRedis } from './support/redis.ts'
import { TIRELESS, runImport, startImport, startSimulator } from './support/rollcall.ts'
import type { Workplace } from './support/workplace.ts'

const ROWS = { few: 50_000, many: 200_000 }
const GOAL = { importBytes: 256e6, growth: 1.1, redisBytes: 50e6 }

/** Limits, the highest last: the window follows from them, where the memory that a window may take is enough for it. */
const WINDOWS: readonly { readonly lane: LaneName; readonly limit: number }[] = [
  { lane: 'register', limit: 600 },
  { lane: 'register', limit: 6_000 },
  { lane: 'link', limit: 1_000 },
]

/**
 * Whether memory grows with the file: two files, four times as long the one as the other, on Redis; the longer one on the
 * embedded broker. And how much of it Redis needs for a window.
 */
export async function* memory(place: Workplace, scale: number): AsyncGenerator<Finding> {
  const few = await measureOnRedis(place, ROWS.few * scale)
  const many = await measureOnRedis(place, ROWS.many * scale)
  const embedded = await measure(place, ROWS.many * scale)
  const growth = many.importBytes / few.importBytes
  const redisBytes = Math.max(few.redisBytes, many.redisBytes)
  yield {
    title: 'Peak memory of an import, link only, without limits',
    columns: ['', 'rows', 'import (VmHWM)', 'Redis (used_memory_peak)', 'took'],
    rows: [
      ...[few, many].map((run) => ['on Redis', ...figuresOf(run), megabytes(run.redisBytes), seconds(run.tookMs)]),
      ['embedded broker', ...figuresOf(embedded), '', seconds(embedded.tookMs)],
    ],
    goals: [
      ...Object.entries({ 'on Redis': many, 'embedded broker': embedded }).map(([broker, { importBytes }]) => ({
        aim: `import below 256 MB, ${broker}`,
        reached: megabytes(importBytes),
        met: importBytes < GOAL.importBytes,
      })),
      { aim: 'not above 1.10 times that of a quarter of the rows', reached: ratio(growth), met: growth <= GOAL.growth },
      { aim: 'Redis below 50 MB', reached: megabytes(redisBytes), met: redisBytes < GOAL.redisBytes },
    ],
  }
  const windows = []
  for (const window of scale < 1 ? WINDOWS.slice(0, 1) : WINDOWS) windows.push(await measureWindow(place, window))
  yield {
    title: 'What Redis holds of a window that nobody works on (used_memory)',
    columns: ['lane, requests a minute', 'rows', 'Redis', 'bytes a row'],
    rows: windows.map(({ lane, limit, rows, bytes, bytesARow }) => [
      `${lane}, ${whole(limit)}`,
      whole(rows),
      megabytes(bytes),
      whole(bytesARow),
    ]),
    goals: [],
  }
}

function figuresOf({ rows, importBytes }: { readonly rows: number; readonly importBytes: number }) {
  return [whole(rows), megabytes(importBytes)]
}

async function measureOnRedis(place: Workplace, rows: number) {
  await using redis = await startRedis(place)
  const figures = await measure(place, rows, redis.url)
  const { peakBytes } = await redis.memory()
  return { ...figures, redisBytes: peakBytes }
}

async function measure(place: Workplace, rows: number, redisUrl?: string) {
  const file = await writeMembers(place, rows)
  await using simulator = await startSimulator(place, TIRELESS)
  const target = {
    file,
    plan: unlimitedPlan('link'),
    baseUrl: simulator.url,
    ...(redisUrl !== undefined && { redisUrl }),
  }
  const { peakBytes, tookMs } = await runImport(place, target)
  return { rows, importBytes: peakBytes, tookMs }
}

/** What Redis holds when an import has dispatched all that may be in flight, and nobody works on it. */
async function measureWindow(place: Workplace, { lane, limit }: (typeof WINDOWS)[number]) {
  const plan = limitedPlan(place, lane, limit)
  const { rows } = runSettings(loadPlan(readFileSync(plan, 'utf8'), plan), { [lane]: limit }, [lane]).window
  const file = await writeMembers(place, rows + 1_000)
  await using redis = await startRedis(place)
  await using simulator = await startSimulator(place, TIRELESS)
  const { bytes: bytesBefore } = await redis.memory()
  await using senders = new AsyncDisposableStack()
  senders.use(startImport(place, { file, plan, workers: false, baseUrl: simulator.url, redisUrl: redis.url }))
  const bytes = await whenSteady(redis, bytesBefore + rows * LEAST_BYTES_A_ROW)
  return { lane, limit, rows, bytes, bytesARow: (bytes - bytesBefore) / rows }
}

/** The bytes that it holds once they are that many, and no longer grow. */
async function whenSteady(redis: RedisServer, least: number): Promise<number> {
  const giveUpAt = Date.now() + STEADY_PATIENCE_MS
  for (let before = 0; Date.now() < giveUpAt;) {
    await delay(STEADY_FOR_MS)
    const { bytes } = await redis.memory()
    if (bytes >= least && bytes < before * 1.001) return bytes
    before = bytes
  }
  throw new Error('Redis was to hold a window, and did not')
}

/** No request is shorter. */
const LEAST_BYTES_A_ROW = 100
const STEADY_FOR_MS = 1_000
const STEADY_PATIENCE_MS = 120_000
