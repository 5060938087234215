import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Finding, type Goal, percent, seconds, whole } from './support/finding.ts'
import { writeMembers } from './support/members.ts'
import { unlimitedPlan } from './support/plans.ts'
import { startRedis } from './support/redis.ts'
import { runImport, startSimulator } from './support/rollcall.ts'
import type { Workplace } from './support/workplace.ts'

const LIMIT_RPM = 600
/** Ten seconds more than a window: enough to overstep it. */
const FULL = { rows: 700, windowMs: 60_000, windowLimit: LIMIT_RPM }
/**
 * A trial has a tenth of the minute at the same pace. The pacer allows requests to differ in their travel time by 400 ms
 * a minute: so much is taken off, or a trial would be the harder test.
 */
const TRIAL = { rows: 80, windowMs: 5_640, windowLimit: 60 }
const LATENCY_MS = 20
const GOAL = 0.98

/** Whether one process keeps the limit, and how much of it it uses. The simulator counts, in a strict rolling window. */
export async function* pace(place: Workplace, scale: number): AsyncGenerator<Finding> {
  const { rows, windowMs, windowLimit } = scale < 1 ? TRIAL : FULL
  const file = await writeMembers(place, rows)
  const plan = limitedPlan(place)
  const options = { file, plan, windowMs, windowLimit }
  const runs = [
    { name: 'Redis', ...(await onRedis(place, options)) },
    { name: 'embedded broker', ...(await measure(place, options)) },
  ]
  yield {
    title: `Registrations at a limit of ${LIMIT_RPM} a minute, replies after ${LATENCY_MS} ms, as the simulator saw them`,
    columns: ['', 'requests', '429', `most in ${windowMs / 1000} s`, 'first to last', 'limit used'],
    rows: runs.map((run) => [
      run.name,
      whole(run.requests),
      whole(run.throttled),
      `${whole(run.highest)} of ${whole(windowLimit)}`,
      seconds(run.sendingMs),
      percent(run.used),
    ]),
    goals: runs.flatMap(({ name, throttled, used }): Goal[] => [
      { aim: `no 429, ${name}`, reached: whole(throttled), met: throttled === 0 },
      { aim: `at least 98 % of the limit, ${name}`, reached: percent(used), met: used >= GOAL },
    ]),
  }
}

function limitedPlan(place: Workplace): string {
  const unlimited = readFileSync(unlimitedPlan('register'), 'utf8')
  const path = join(place.folder, 'pace.plan.yaml')
  writeFileSync(path, unlimited.replace('register: none', `register: ${LIMIT_RPM}`))
  return path
}

interface PaceOptions {
  readonly file: string
  readonly plan: string
  readonly windowMs: number
  /** Requests that a window may hold. */
  readonly windowLimit: number
  readonly redisUrl?: string
}

async function onRedis(place: Workplace, options: PaceOptions) {
  await using redis = await startRedis(place)
  return await measure(place, { ...options, redisUrl: redis.url })
}

async function measure(place: Workplace, { file, plan, windowMs, windowLimit, redisUrl }: PaceOptions) {
  const window = ['--window', String(windowMs), '--register-limit', String(windowLimit)]
  await using simulator = await startSimulator(place, [...window, '--latency', String(LATENCY_MS)])
  await runImport(place, { file, plan, baseUrl: simulator.url, redisUrl, allowRetries: true })
  const { arrivals, throttled, highest, firstAt = 0, lastAt = 0 } = (await simulator.stats()).lanes.register
  const sendingMs = lastAt - firstAt
  const used = ((arrivals - 1) * 60_000) / sendingMs / LIMIT_RPM
  return { requests: arrivals, throttled, highest, sendingMs, used }
}
