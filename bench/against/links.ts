import { megabytes, seconds, whole } from '../support/finding.ts'
import { writeMembers } from '../support/members.ts'
import { unlimitedPlan } from '../support/plans.ts'
import { startRedis } from '../support/redis.ts'
import { TIRELESS, runImport, startSimulator } from '../support/rollcall.ts'
import type { Workplace } from '../support/workplace.ts'
import { type Builds, type Line, inTurn, lineOf, roundsOf } from './comparison.ts'

const ROWS = 200_000
const AIM_BYTES = 180e6

/** An import of links on Redis, without a limit: its memory. */
export async function links(place: Workplace, builds: Builds, scale: number): Promise<readonly Line[]> {
  const rows = ROWS * scale
  const file = await writeMembers(place, rows)
  await using simulator = await startSimulator(place, TIRELESS)
  const figures = await inTurn(builds, roundsOf(scale), async (build) => {
    await using redis = await startRedis(place)
    const target = { file, plan: unlimitedPlan('link'), baseUrl: simulator.url, redisUrl: redis.url }
    const { peakBytes, cpuMs } = await runImport(place, { ...target, build })
    return { peakBytes, cpuMs }
  })
  const what = `import of ${whole(rows)} links on Redis`
  return [
    lineOf(figures, 'peakBytes', {
      what: `${what}: peak memory`,
      show: megabytes,
      aim: { of: 'itself', most: AIM_BYTES },
    }),
    lineOf(figures, 'cpuMs', { what: `${what}: processor time`, show: seconds }),
  ]
}
