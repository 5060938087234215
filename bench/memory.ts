import { type Finding, megabytes, ratio, seconds, whole } from './support/finding.ts'
import { writeMembers } from './support/members.ts'
import { unlimitedPlan } from './support/plans.ts'
import { startRedis } from './support/redis.ts'
import { TIRELESS, runImport, startSimulator } from './support/rollcall.ts'
import type { Workplace } from './support/workplace.ts'

const ROWS = { few: 50_000, many: 200_000 }
const GOAL = { importBytes: 300e6, growth: 1.1, redisBytes: 50e6 }

/** Whether memory grows with the file: two files, four times as long the one as the other, on Redis. */
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
  return { rows, importBytes: peakBytes, redisBytes: await redis.peakBytes(), tookMs }
}
