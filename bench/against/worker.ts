import { setTimeout as delay } from 'node:timers/promises'
import { megabytes } from '../support/finding.ts'
import { startRedis } from '../support/redis.ts'
import { command, environment } from '../support/rollcall.ts'
import { residentOfTree } from '../support/watch-process.ts'
import type { Workplace } from '../support/workplace.ts'
import { type Builds, type Line, inTurn, lineOf, roundsOf } from './comparison.ts'

const AIM_BYTES = 90e6
/** After so long, what was needed to start has been let go. A trial waits less. */
const WAITS_MS = 15_000

/** What a worker for all lanes holds while there is nothing to do. */
export async function worker(place: Workplace, builds: Builds, scale: number): Promise<readonly Line[]> {
  await using redis = await startRedis(place)
  const figures = await inTurn(builds, roundsOf(scale), async (build) => {
    const env = environment(place, { baseUrl: 'http://127.0.0.1:9', redisUrl: redis.url })
    await using waiting = place.start(process.execPath, [...command(build), 'worker'], env)
    await waiting.line(/worker started/)
    await delay(WAITS_MS * scale)
    return { bytes: residentOfTree(waiting.pid) }
  })
  return [
    lineOf(figures, 'bytes', {
      what: 'a worker that waits, resident',
      show: megabytes,
      aim: { of: 'itself', most: AIM_BYTES },
    }),
  ]
}
