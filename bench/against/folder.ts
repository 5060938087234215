import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { megabytes, ratio, seconds, whole } from '../support/finding.ts'
import { writeMembers } from '../support/members.ts'
import { unlimitedPlan } from '../support/plans.ts'
import { startRedis } from '../support/redis.ts'
import { TIRELESS, command, environment, runImport, runNode, setBy, startSimulator } from '../support/rollcall.ts'
import type { Workplace } from '../support/workplace.ts'
import { type Builds, type Line, inTurn, lineOf, roundsOf } from './comparison.ts'

const ROWS = 1_000_000
const AIM = { folder: 4, reports: 0.5 }

/** What a run leaves on the disk, of the file's size; and how long all its reports take, from its ledger alone. */
export async function folder(place: Workplace, builds: Builds, scale: number): Promise<readonly Line[]> {
  const rows = ROWS * scale
  const file = await writeMembers(place, rows)
  await using redis = await startRedis(place)
  await using simulator = await startSimulator(place, TIRELESS)
  const surroundings = { baseUrl: simulator.url, redisUrl: redis.url }
  const homes = new Map<string, string>()
  const sizes = new Map<string, number>()
  for (const build of [builds.other, builds.here]) {
    const home = mkdtempSync(join(place.folder, 'folder-'))
    await runImport(place, { ...surroundings, file, plan: unlimitedPlan('link'), home, build })
    homes.set(build, home)
    sizes.set(build, sizeOf(join(home, 'runs')))
  }
  const figures = await inTurn(builds, roundsOf(scale), async (build) => {
    const home = homes.get(build) ?? ''
    const [run = ''] = readdirSync(join(home, 'runs'))
    const env = { ...setBy(build), ...environment(place, surroundings), ROLLCALL_HOME: home }
    const { tookMs, cpuMs, peakBytes } = await runNode(place, [...command(build), 'report', run], env)
    return { tookMs, cpuMs, peakBytes }
  })
  const fileBytes = statSync(file).size
  for (const home of homes.values()) rmSync(home, { recursive: true })
  rmSync(file)
  const ofFile = (build: string) => (sizes.get(build) ?? NaN) / fileBytes
  const reports = `all reports of ${whole(rows)} rows`
  return [
    {
      what: `run folder of ${whole(rows)} rows, of the file's size`,
      other: ofFile(builds.other),
      here: ofFile(builds.here),
      show: ratio,
      aim: { of: 'itself', most: AIM.folder },
    },
    lineOf(figures, 'tookMs', { what: `${reports}: time`, show: seconds, aim: { of: 'other', most: AIM.reports } }),
    lineOf(figures, 'cpuMs', { what: `${reports}: processor time`, show: seconds }),
    lineOf(figures, 'peakBytes', { what: `${reports}: peak memory`, show: megabytes }),
  ]
}

/** Of all files below a folder, in bytes. */
function sizeOf(path: string): number {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((total, { parentPath, name }) => total + statSync(join(parentPath, name)).size, 0)
}
