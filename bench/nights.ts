import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { type Finding, whole } from './support/finding.ts'
import { passNights } from './support/nights.ts'
import { startRedis } from './support/redis.ts'
import { command, startSimulator } from './support/rollcall.ts'
import type { Workplace } from './support/workplace.ts'

const YEAR = { nights: 365, members: 20_000 }
const TRIAL = { nights: 20, members: 200 }

/** A year of nights of one sync, by a clock that is set: what it leaves, against a model of what it should. */
export async function* nights(place: Workplace, scale: number): AsyncGenerator<Finding> {
  const size = scale === 1 ? YEAR : TRIAL
  await using redis = await startRedis(place)
  await using simulator = await startSimulator(place, ['--latency', '0'])
  const end = await passNights({
    ...size,
    folder: mkdtempSync(join(place.folder, 'nights-')),
    baseUrl: simulator.url,
    redisUrl: redis.url,
    command: command(),
    seed: 1,
    onNight: (night, kind) => process.stderr.write(`\rnight ${night} ${kind}          `),
  })
  process.stderr.write('\n')
  yield {
    title: `${whole(size.nights)} nights of a sync, of ${whole(size.members)} members at first`,
    columns: ['', ...Object.keys(end.kinds)],
    rows: [['nights', ...Object.values(end.kinds).map(whole)]],
    goals: [
      {
        aim: `every one of ${whole(end.members)} members registered once, linked, and sent nothing that was done`,
        reached:
          end.wrong.length === 0 ? `yes, with ${whole(end.requests)} requests` : end.wrong.slice(0, 5).join('; '),
        met: end.wrong.length === 0,
      },
      {
        aim: `each of ${whole(end.expectedTold.length)} things told once, in order`,
        reached: `${whole(end.told.length)} told`,
        met: end.told.join() === end.expectedTold.join(),
      },
    ],
  }
}
