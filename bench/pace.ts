import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Finding, type Goal, percent, seconds, whole } from './support/finding.ts'
import { writeMembers } from './support/members.ts'
import { unlimitedPlan } from './support/plans.ts'
import { startRedis } from './support/redis.ts'
import { runImport, startSimulator } from './support/rollcall.ts'
import type { Workplace } from './support/workplace.ts'

const LIMIT_RPM = 600
const WINDOW_MS = 60_000
/** Ten seconds more than a window: enough to overstep it. */
const ROWS = 700
/** A trial has a shorter window at the same pace. */
const TRIAL_WINDOW_MS = 6_000
const TRIAL_ROWS = 80
const LATENCY_MS = 20
const GOAL = 0.98

/** Whether one process keeps the limit, and how much of it it uses. The simulator counts, in a strict rolling window. */
export async function* pace(place: Workplace, scale: number): AsyncGenerator<Finding> {
  const windowMs = scale < 1 ? TRIAL_WINDOW_MS : WINDOW_MS
  const file = await writeMembers(place, scale < 1 ? TRIAL_ROWS : ROWS)
  const plan = limitedPlan(place)
  const windowLimit = (LIMIT_RPM * windowMs) / 60_000
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
