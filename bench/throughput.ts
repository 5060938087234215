import type { ImportLane } from './support/plans.ts'
import type { BareGotArgument, BareGotResult } from './subjects/bare-got.ts'
import { type Finding, ratio, seconds, whole } from './support/finding.ts'
import { writeMembers } from './support/members.ts'
import { unlimitedPlan } from './support/plans.ts'
import { startRedis } from './support/redis.ts'
import {
  CONCURRENCY,
  type ImportEnd,
  TIRELESS,
  credentials,
  laneRate,
  runImport,
  runSubject,
  startSimulator,
} from './support/rollcall.ts'
import type { Workplace } from './support/workplace.ts'

const ROWS: Readonly<Record<ImportLane, number>> = { register: 20_000, link: 200_000 }

const GOAL = { registerRatio: 0.8, linkRows: 15_000 }

/** How fast rows go through the whole pipeline, beside a loop that does nothing but send the same requests. */
export async function* throughput(place: Workplace, scale: number): AsyncGenerator<Finding> {
  for (const lane of ['register', 'link'] as const) yield await compare(place, lane, ROWS[lane] * scale)
}

async function compare(place: Workplace, lane: ImportLane, rows: number): Promise<Finding> {
  const file = await writeMembers(place, rows)
  const plan = unlimitedPlan(lane)
  await using simulator = await startSimulator(place, TIRELESS)
  const target = { file, plan, baseUrl: simulator.url }
  const measureBare = () => bareRate(place, { ...target, ...credentials, lane, concurrency: CONCURRENCY[lane] }, rows)
  // Before and after, so that a machine that turns slower meanwhile does not decide the ratio.
  const before = await measureBare()
  const redis = await onRedis(place, target)
  const embedded = await runImport(place, target)
  const after = await measureBare()
  const bare = (before + after) / 2
  const rate = laneRate(redis.summary, lane)
  return {
    title: `Rows a second, ${lane} only, without limits: ${whole(rows)} rows, ${CONCURRENCY[lane]} requests at a time`,
    columns: ['', 'first to last request', 'of bare got', 'start to end', 'of bare got', 'took'],
    rows: [
      ['bare got, before', whole(before), '', '', '', ''],
      ['bare got, after', whole(after), '', '', '', ''],
      pipelineRow('rollcall on Redis', redis, { lane, bare }),
      pipelineRow('rollcall, embedded broker', embedded, { lane, bare }),
    ],
    goals: [
      lane === 'register'
        ? {
            aim: 'register on Redis at least 0.80 of bare got',
            reached: ratio(rate / bare),
            met: rate / bare >= GOAL.registerRatio,
          }
        : { aim: 'link on Redis at least 15,000 rows a second', reached: whole(rate), met: rate >= GOAL.linkRows },
    ],
  }
}

async function onRedis(place: Workplace, target: Parameters<typeof runImport>[1]): Promise<ImportEnd> {
  await using redis = await startRedis(place)
  return await runImport(place, { ...target, redisUrl: redis.url })
}

async function bareRate(place: Workplace, argument: BareGotArgument, rows: number): Promise<number> {
  const { requests, sendingMs } = await runSubject<BareGotResult>(place, 'bare-got', argument)
  return ((rows / requests) * (requests - 1) * 1000) / sendingMs
}

function pipelineRow(
  name: string,
  { summary, tookMs }: ImportEnd,
  { lane, bare }: { readonly lane: ImportLane; readonly bare: number },
): readonly string[] {
  const sending = laneRate(summary, lane)
  const entire = (summary.rows * 1000) / tookMs
  return [name, whole(sending), ratio(sending / bare), whole(entire), ratio(entire / bare), seconds(tookMs)]
}
