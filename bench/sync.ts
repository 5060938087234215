import { copyFileSync, renameSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { syncFolder } from '../src/sync/store.ts'
import type { RememberArgument, RememberResult } from './subjects/remember-all.ts'
import type { ReadingArgument, ReadingResult } from './subjects/source-and-plan.ts'
import { type Finding, megabytes, seconds, whole } from './support/finding.ts'
import { writeMembers, writeScattered } from './support/members.ts'
import { unlimitedPlan } from './support/plans.ts'
import { startRedis } from './support/redis.ts'
import { TIRELESS, runSubject, runSyncOnce, startSimulator } from './support/rollcall.ts'
import { makeSync } from './support/sync-folder.ts'
import type { Workplace } from './support/workplace.ts'

const ROWS = { few: 250_000, many: 1_000_000 }
const GOAL = { beyondMs: 60_000, growth: 1.1, peakBytes: 300e6 }
const REMEMBERED = 10_000_000

/** What the second night of a sync over rows that are unchanged costs, and what it takes to remember ten million. */
export async function* sync(place: Workplace, scale: number): AsyncGenerator<Finding> {
  yield await secondNights(place, scale)
  yield await tenMillion(place, scale)
}

async function secondNights(place: Workplace, scale: number): Promise<Finding> {
  const few = await measure(place, ROWS.few * scale)
  const many = await measure(place, ROWS.many * scale)
  const beyondMs = many.tookMs - many.readMs
  const growth = many.peakBytes / few.peakBytes
  return {
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

/** The first night's memory is made without sending anything; the second night is a whole one. */
async function tenMillion(place: Workplace, scale: number): Promise<Finding> {
  const rows = REMEMBERED * scale
  const file = await writeScattered(place, rows)
  const { folder, path } = makeSync(place)
  const home = join(folder, 'home')
  const argument: RememberArgument = { file, plan: unlimitedPlan('link'), home, name: 'nightly' }
  const first = await runSubject<RememberResult>(place, 'remember-all', argument)
  renameSync(file, join(folder, 'inbox/second.csv'))
  await using redis = await startRedis(place)
  await using simulator = await startSimulator(place, TIRELESS)
  const second = await runSyncOnce(place, path, { baseUrl: simulator.url, redisUrl: redis.url, home })
  const requests = (await simulator.stats()).lanes.link.arrivals
  const peakBytes = Math.max(first.peakBytes, second.peakBytes)
  return {
    title: `A sync that remembers ${whole(rows)} members, link only, their keys in no order, on Redis`,
    columns: ['', 'took', 'requests', 'peak (VmHWM)', 'sync.db'],
    rows: [
      ['all new: compared', seconds(first.surveyMs), '', '', ''],
      ['all new: remembered', seconds(first.settleMs), '', megabytes(first.peakBytes), megabytes(first.storedBytes)],
      [
        'the second night, none changed',
        seconds(second.tookMs),
        whole(requests),
        megabytes(second.peakBytes),
        megabytes(statSync(syncFolder(home, 'nightly').database).size),
      ],
    ],
    goals: [
      { aim: 'no requests', reached: whole(requests), met: requests === 0 },
      {
        aim: `memory below ${megabytes(GOAL.peakBytes)}`,
        reached: megabytes(peakBytes),
        met: peakBytes < GOAL.peakBytes,
      },
    ],
  }
}

async function measure(place: Workplace, rows: number) {
  const file = await writeMembers(place, rows)
  const { folder, path } = makeSync(place)
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
