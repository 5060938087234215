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
const GOAL = { importBytes: 300e6, growth: 1.1, redisBytes: 50e6 }

/** Limits, the highest last: the window follows from them. */
const WINDOWS: readonly { readonly lane: LaneName; readonly limit: number }[] = [
  { lane: 'register', limit: 600 },
  { lane: 'register', limit: 6_000 },
  { lane: 'link', limit: 1_000 },
  { lane: 'link', limit: 6_000 },
]

/**
 * Whether memory grows with the file: two files, four times as long the one as the other, on Redis. And how much of it
 * Redis needs for a window.
 */
export async function* memory(place: Workplace, scale: number): AsyncGenerator<Finding> {
  const few = await measure(place, ROWS.few * scale)
  const many = await measure(place, ROWS.many * scale)
  const growth = many.importBytes / few.importBytes
  const redisBytes = Math.max(few.redisBytes, many.redisBytes)
  yield {
    title: 'Peak memory of an import, link only, without limits, on Redis',
    columns: ['rows', 'import (VmHWM)', 'Redis (used_memory_peak)', 'took'],
    rows: [few, many].map((run) => [
      whole(run.rows),
      megabytes(run.importBytes),
      megabytes(run.redisBytes),
      seconds(run.tookMs),
    ]),
    goals: [
      {
        aim: 'import below 300 MB',
        reached: megabytes(many.importBytes),
        met: many.importBytes < GOAL.importBytes,
      },
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

async function measure(place: Workplace, rows: number) {
  const file = await writeMembers(place, rows)
  await using redis = await startRedis(place)
  await using simulator = await startSimulator(place, TIRELESS)
  const { peakBytes, tookMs } = await runImport(place, {
    file,
    plan: unlimitedPlan('link'),
    baseUrl: simulator.url,
    redisUrl: redis.url,
  })
  return { rows, importBytes: peakBytes, redisBytes: (await redis.memory()).peakBytes, tookMs }
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
