import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ReadingArgument, ReadingResult } from './subjects/source-and-plan.ts'
import { type Finding, megabytes, seconds, whole } from './support/finding.ts'
import { writeMembers } from './support/members.ts'
import { unlimitedPlan } from './support/plans.ts'
import { startRedis } from './support/redis.ts'
import { TIRELESS, runSubject, runSyncOnce, startSimulator } from './support/rollcall.ts'
import type { Workplace } from './support/workplace.ts'

const ROWS = { few: 250_000, many: 1_000_000 }
const GOAL = { beyondMs: 60_000, growth: 1.1 }

/** The second night of a sync over rows that are unchanged: what it costs beyond reading the file. */
export async function* sync(place: Workplace, scale: number): AsyncGenerator<Finding> {
  const few = await measure(place, ROWS.few * scale)
  const many = await measure(place, ROWS.many * scale)
  const beyondMs = many.tookMs - many.readMs
  const growth = many.peakBytes / few.peakBytes
  yield {
    title: 'The second night of a sync, link only, no row changed, on Redis',
    columns: ['rows', 'took', 'processor', 'csv-parse alone', 'requests', 'peak (VmHWM)'],
    rows: [few, many].map((night) => [
      whole(night.rows),
      seconds(night.tookMs),
      seconds(night.cpuMs),
      seconds(night.readMs),
      whole(night.requests),
      megabytes(night.peakBytes),
    ]),
    goals: [
      { aim: 'no requests', reached: whole(many.requests), met: many.requests === 0 },
      {
        aim: 'below 60 s beyond reading the file',
        reached: seconds(beyondMs),
        met: beyondMs < GOAL.beyondMs,
      },
      {
        aim: 'memory not above 1.10 times that of a quarter of the rows',
        reached: growth.toFixed(2),
        met: growth <= GOAL.growth,
      },
    ],
  }
}

async function measure(place: Workplace, rows: number) {
  const file = await writeMembers(place, rows)
  const folder = mkdtempSync(join(place.folder, 'sync-'))
  mkdirSync(join(folder, 'inbox'))
  const path = join(folder, 'nightly.yaml')
  writeFileSync(
    path,
    `plan: ${unlimitedPlan('link')}\nsource: inbox/*.csv\nready: renamed\nguards: { same_file: off }\n`,
  )
  await using redis = await startRedis(place)
  await using simulator = await startSimulator(place, TIRELESS)
  const surroundings = { baseUrl: simulator.url, redisUrl: redis.url, home: join(folder, 'home') }
  copyFileSync(file, join(folder, 'inbox/first.csv'))
  await runSyncOnce(place, path, surroundings)
  const before = (await simulator.stats()).lanes.link.arrivals
  copyFileSync(file, join(folder, 'inbox/second.csv'))
  const { tookMs, peakBytes, cpuMs } = await runSyncOnce(place, path, surroundings)
  const requests = (await simulator.stats()).lanes.link.arrivals - before
  const bare: ReadingArgument = { file, objects: true }
  const { tookMs: readMs } = await runSubject<ReadingResult>(place, 'bare-csv-parse', bare)
  return { rows, tookMs, cpuMs, readMs, peakBytes, requests }
}
