import { copyFileSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { RememberArgument, RememberResult } from '../subjects/remember-all.ts'
import { megabytes, seconds, whole } from '../support/finding.ts'
import { writeScattered } from '../support/members.ts'
import { unlimitedPlan } from '../support/plans.ts'
import { startRedis } from '../support/redis.ts'
import { TIRELESS, runSubject, runSyncOnce, startSimulator } from '../support/rollcall.ts'
import { makeSync } from '../support/sync-folder.ts'
import type { Workplace } from '../support/workplace.ts'
import { type Builds, type Line, inTurn, lineOf, roundsOf } from './comparison.ts'

const ROWS = 10_000_000
const AIM = 0.35

/** A night of a sync on which nobody has changed. */
export async function night(place: Workplace, builds: Builds, scale: number): Promise<readonly Line[]> {
  const rows = ROWS * scale
  const file = await writeScattered(place, rows)
  const syncs = new Map<string, Awaited<ReturnType<typeof rememberAll>>>()
  for (const build of [builds.other, builds.here]) syncs.set(build, await rememberAll(place, file, build))
  await using redis = await startRedis(place)
  await using simulator = await startSimulator(place, TIRELESS)
  const figures = await inTurn(builds, roundsOf(scale), async (build) => {
    const { folder, path, home } = syncs.get(build) as NonNullable<ReturnType<typeof syncs.get>>
    copyFileSync(file, join(folder, 'inbox/again.csv'))
    const surroundings = { baseUrl: simulator.url, redisUrl: redis.url, home, build }
    const { tookMs, cpuMs, peakBytes } = await runSyncOnce(place, path, surroundings)
    for (const left of [join(folder, 'inbox/done'), join(home, 'runs')]) rmSync(left, { recursive: true, force: true })
    return { tookMs, cpuMs, peakBytes }
  })
  const { arrivals } = (await simulator.stats()).lanes.link
  if (arrivals > 0) throw new Error(`nobody had changed, and ${arrivals} requests were sent`)
  for (const { folder } of syncs.values()) rmSync(folder, { recursive: true })
  rmSync(file)
  const what = `second night over ${whole(rows)} unchanged`
  return [
    lineOf(figures, 'tookMs', { what: `${what}: time`, show: seconds, aim: { of: 'other', most: AIM } }),
    lineOf(figures, 'cpuMs', { what: `${what}: processor time`, show: seconds }),
    lineOf(figures, 'peakBytes', { what: `${what}: peak memory`, show: megabytes }),
  ]
}

/** What a first night leaves, made without sending anything. */
async function rememberAll(place: Workplace, file: string, build: string) {
  const { folder, path } = makeSync(place)
  const home = join(folder, 'home')
  mkdirSync(home)
  const argument: RememberArgument = { file, plan: unlimitedPlan('link'), home, name: 'nightly' }
  await runSubject<RememberResult>(place, 'remember-all', argument, build)
  return { folder, path, home }
}
