import type { BareGotArgument, BareGotResult } from '../subjects/bare-got.ts'
import { ratio, whole } from '../support/finding.ts'
import { writeMembers } from '../support/members.ts'
import { type ImportLane, unlimitedPlan } from '../support/plans.ts'
import { startRedis } from '../support/redis.ts'
import {
  CONCURRENCY,
  TIRELESS,
  credentials,
  laneRate,
  runImport,
  runSubject,
  startSimulator,
} from '../support/rollcall.ts'
import type { Workplace } from '../support/workplace.ts'
import { type Builds, type Line, inTurn, lineOf, roundsOf } from './comparison.ts'

const ROWS: Readonly<Record<ImportLane, number>> = { register: 20_000, link: 200_000 }
const AIM = { register: { redis: 0.9, embedded: 0.75 }, link: 2.5 }

/** Registrations a second from the first request to the last, on Redis and embedded, of a loop that only sends them. */
export async function register(place: Workplace, builds: Builds, scale: number): Promise<readonly Line[]> {
  const figures = await measure(place, builds, { lane: 'register', scale })
  return [
    lineOf(figures, 'redisOfBare', {
      what: 'register on Redis, of bare got',
      show: ratio,
      aim: { of: 'itself', least: AIM.register.redis },
    }),
    lineOf(figures, 'embeddedOfBare', {
      what: 'register embedded, of bare got',
      show: ratio,
      aim: { of: 'itself', least: AIM.register.embedded },
    }),
  ]
}

/** Links a second, the same way. */
export async function link(place: Workplace, builds: Builds, scale: number): Promise<readonly Line[]> {
  const figures = await measure(place, builds, { lane: 'link', scale })
  return [
    lineOf(figures, 'redis', {
      what: 'link on Redis, rows a second',
      show: whole,
      aim: { of: 'other', least: AIM.link },
    }),
    lineOf(figures, 'redisOfBare', { what: 'link on Redis, of bare got', show: ratio }),
    lineOf(figures, 'embedded', { what: 'link embedded, rows a second', show: whole }),
  ]
}

async function measure(place: Workplace, builds: Builds, { lane, scale }: { lane: ImportLane; scale: number }) {
  const rows = ROWS[lane] * scale
  const file = await writeMembers(place, rows)
  const plan = unlimitedPlan(lane)
  await using simulator = await startSimulator(place, TIRELESS)
  const target = { file, plan, baseUrl: simulator.url }
  const bareArgument: BareGotArgument = { ...target, ...credentials, lane, concurrency: CONCURRENCY[lane] }
  return await inTurn(builds, roundsOf(scale), async (build) => {
    const { requests, sendingMs } = await runSubject<BareGotResult>(place, 'bare-got', bareArgument)
    const bare = ((rows / requests) * (requests - 1) * 1000) / sendingMs
    await using server = await startRedis(place)
    const redis = laneRate((await runImport(place, { ...target, redisUrl: server.url, build })).summary, lane)
    const embedded = laneRate((await runImport(place, { ...target, build })).summary, lane)
    return { redis, embedded, redisOfBare: redis / bare, embeddedOfBare: embedded / bare }
  })
}
