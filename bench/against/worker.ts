import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { megabytes } from '../support/finding.ts'
import { startRedis } from '../support/redis.ts'
import { command, environment } from '../support/rollcall.ts'
import { residentOfTree } from '../support/watch-process.ts'
import type { Workplace } from '../support/workplace.ts'
import { type Builds, type Line, inTurn, lineOf, median, roundsOf } from './comparison.ts'

const AIM = { of: 'itself', most: 90e6 } as const
/** After so long, what was needed to start has been let go. A trial waits less. */
const WAITS_MS = 15_000

/** What a worker for all lanes holds while there is nothing to do: in a clone, and as installed where `npm run build` was. */
export async function worker(place: Workplace, builds: Builds, scale: number): Promise<readonly Line[]> {
  await using redis = await startRedis(place)
  const rounds = roundsOf(scale)
  const resident = async (started: readonly string[]) => {
    const env = environment(place, { baseUrl: 'http://127.0.0.1:9', redisUrl: redis.url })
    const [program = '', ...args] = started
    await using waiting = place.start(program, [...args, 'worker'], env)
    await waiting.line(/worker started/)
    await delay(WAITS_MS * scale)
    return residentOfTree(waiting.pid)
  }
  const figures = await inTurn(builds, rounds, async (build) => ({ bytes: await resident(inClone(build)) }))
  const lines = [lineOf(figures, 'bytes', { what: 'a worker that waits, resident', show: megabytes, aim: AIM })]
  if (!existsSync(join(builds.here, 'dist/main.js'))) return lines
  const installed: number[] = []
  while (installed.length < rounds)
    installed.push(await resident([process.execPath, join(builds.here, 'bin/rollcall.js')]))
  const what = 'installed: a worker that waits, resident'
  return [...lines, { what, here: median(installed), show: megabytes, aim: AIM }]
}

/** As it is started in a checkout: by its own program, where it has one. */
function inClone(build: string): readonly string[] {
  const own = join(build, 'rollcall')
  return existsSync(own) ? [own] : [process.execPath, ...command(build)]
}
