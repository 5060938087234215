import { setTimeout as delay } from 'node:timers/promises'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { seconds, whole } from '../support/finding.ts'
import { writeMembers } from '../support/members.ts'
import { unlimitedPlan } from '../support/plans.ts'
import { startRedis } from '../support/redis.ts'
import { TIRELESS, command, environment, setBy, startSimulator } from '../support/rollcall.ts'
import type { Workplace } from '../support/workplace.ts'
import { type Builds, type Line, inTurn, lineOf, roundsOf } from './comparison.ts'

const ROWS = 1_000_000
/** Where it is paused, of its rows. A trial is so short that it would be over by then. */
const STOPPED_AT = { full: 0.95, trial: 0.5 }
const ROWS_A_REQUEST = 50
const AIM = 0.15
const LOOK_EVERY_MS = 50

/** How soon a run that was paused near its end sends again: from the start of `resume` to its first request. */
export async function resume(place: Workplace, builds: Builds, scale: number): Promise<readonly Line[]> {
  const rows = ROWS * scale
  const stopAt = rows * (scale < 1 ? STOPPED_AT.trial : STOPPED_AT.full)
  const file = await writeMembers(place, rows)
  const figures = await inTurn(builds, roundsOf(scale), async (build) => ({
    ms: await firstRequestAfter(place, file, { stopAt, build }),
  }))
  rmSync(file)
  return [
    lineOf(figures, 'ms', {
      what: `resume at row ${whole(stopAt)} of ${whole(rows)}: to the first request`,
      show: seconds,
      aim: { of: 'other', most: AIM },
    }),
  ]
}

async function firstRequestAfter(
  place: Workplace,
  file: string,
  { stopAt, build }: { readonly stopAt: number; readonly build: string },
): Promise<number> {
  await using redis = await startRedis(place)
  await using simulator = await startSimulator(place, [...TIRELESS, '--record-arrivals'])
  const home = mkdtempSync(join(place.folder, 'resume-'))
  const env = {
    ...setBy(build),
    ...environment(place, { baseUrl: simulator.url, redisUrl: redis.url }),
    ROLLCALL_HOME: home,
  }
  const sent = async () => (await simulator.stats()).lanes.link.arrivals
  const reached = async (requests: number) => {
    while ((await sent()) < requests) await delay(LOOK_EVERY_MS)
  }

  await using first = place.start(
    process.execPath,
    [...command(build), 'import', file, '--plan', unlimitedPlan('link')],
    env,
  )
  await reached(stopAt / ROWS_A_REQUEST)
  process.kill(first.pid, 'SIGINT')
  await first.ended()

  const before = await sent()
  const [run = ''] = readdirSync(join(home, 'runs'))
  const startedAt = Date.now()
  await using second = place.start(process.execPath, [...command(build), 'resume', run], env)
  await Promise.race([reached(before + 1), second.output().then(() => reached(before + 1))])
  const next = (await simulator.arrivals()).filter(({ lane }) => lane === 'link')[before]
  await second[Symbol.asyncDispose]()
  rmSync(home, { recursive: true })
  if (next === undefined) throw new Error('the simulator was to have the first request after the pause')
  return next.at - startedAt
}
