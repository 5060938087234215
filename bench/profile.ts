import { mkdtempSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type SelfTimes, readSelfTimes } from './support/cpu-profile.ts'
import { type Finding, percent, whole } from './support/finding.ts'
import { writeMembers } from './support/members.ts'
import { unlimitedPlan } from './support/plans.ts'
import { startRedis } from './support/redis.ts'
import { TIRELESS, runImport, startSimulator } from './support/rollcall.ts'
import type { Workplace } from './support/workplace.ts'
import type { ImportLane } from './support/plans.ts'

const ROWS: Readonly<Record<ImportLane, number>> = { register: 20_000, link: 200_000 }
const SHOWN = 12

/** Where an import's own time goes: V8's profiler looks a thousand times a second at what the process is doing. */
export async function* profile(place: Workplace, scale: number): AsyncGenerator<Finding> {
  for (const lane of ['register', 'link'] as const) {
    const rows = ROWS[lane] * scale
    const { places, functions, busyMs, idleMs } = await measure(place, lane, rows)
    const share = ([name, ms]: readonly [string, number]) => [name, whole(ms), percent(ms / busyMs)]
    yield {
      title:
        `The import process during ${whole(rows)} rows of ${lane}, Redis, without limits: ` +
        `${whole(busyMs)} ms busy, ${whole(idleMs)} ms idle`,
      columns: ['by room and package', 'ms', 'of busy'],
      rows: places.slice(0, SHOWN).map(share),
      goals: [],
    }
    yield {
      title: `${lane}: the functions that took most themselves`,
      columns: ['function', 'ms', 'of busy'],
      rows: functions.slice(0, SHOWN).map(share),
      goals: [],
    }
  }
}

async function measure(place: Workplace, lane: ImportLane, rows: number): Promise<SelfTimes> {
  const file = await writeMembers(place, rows)
  const folder = mkdtempSync(join(place.folder, 'profile-'))
  await using redis = await startRedis(place)
  await using simulator = await startSimulator(place, TIRELESS)
  await runImport(place, {
    file,
    plan: unlimitedPlan(lane),
    baseUrl: simulator.url,
    redisUrl: redis.url,
    nodeOptions: ['--cpu-prof', `--cpu-prof-dir=${folder}`],
    sources: true,
  })
  const [name] = readdirSync(folder)
  if (name === undefined) throw new Error('the import left no profile')
  return readSelfTimes(JSON.parse(readFileSync(join(folder, name), 'utf8')))
}
