import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parse } from 'csv-parse/sync'
import { type Simulator, startSimulator } from '../src/simulator/start-simulator.ts'
import { type Finding, seconds, whole } from './support/finding.ts'
import { type RedisServer, startRedis } from './support/redis.ts'
import { command, environment } from './support/rollcall.ts'
import {
  type Existing,
  V1_FAULTS,
  orgOf,
  planOf,
  registerOld,
  v1Rows,
  wantedStats,
  wrongRows,
} from './support/v1-chaos.ts'
import type { Started, Workplace } from './support/workplace.ts'

interface Size {
  readonly rows: number
  /** Of requests that meet each fault, and each oddity. */
  readonly share: number
}

const FULL: Size = { rows: 20_000, share: 0.03 }
const TRIAL: Size = { rows: 200, share: 0.008 }
/** Import and workers are killed when so large a share of the members is there. */
const KILLED_AT = [0.3, 0.55, 0.8]
const WORKERS = 2

/**
 * Members by the batch, linked behind it, where nearly seven requests in ten meet a fault or an odd reply, and import and
 * workers are killed three times: every row against the simulator's books.
 */
export async function* oddities(place: Workplace, scale: number): AsyncGenerator<Finding> {
  await using redis = await startRedis(place)
  const size = scale < 1 ? TRIAL : FULL
  // Most of the time is spent waiting, as rows that failed often are tried again ever later: so both go side by side.
  const both = (['keep', 'update'] as const).map((existing) => importAll(place, redis, { existing, ...size }))
  yield* await Promise.all(both)
}

async function importAll(
  place: Workplace,
  redis: RedisServer,
  { existing, rows: count, share }: Size & { readonly existing: Existing },
): Promise<Finding> {
  const rows = v1Rows(count, existing)
  const simulator = await startSimulator({ seed: 1, slowMs: 200, lateMs: 150, latencyMs: 5, org: orgOf(existing) })
  try {
    await registerOld(simulator.url, rows)
    simulator.setFaults(Object.fromEntries(V1_FAULTS.map((fault) => [fault, share])))
    const folder = mkdtempSync(join(place.folder, 'oddities-'))
    const file = join(folder, 'members.csv')
    const plan = join(folder, 'plan.yaml')
    writeFileSync(file, rows.csv)
    writeFileSync(plan, planOf(existing))
    // A 429 that names no time holds the lane until the next minute: here they are short.
    const env = environment(place, { baseUrl: simulator.url, redisUrl: redis.url, minuteMs: 300 })
    const startedAt = performance.now()
    await conduct({ place, env, file, plan, simulator, rows: rows.wanted.length })
    const tookMs = performance.now() - startedAt
    const results = readResults(env['ROLLCALL_HOME'] ?? '')
    const wrong = wrongRows(rows, results, simulator)
    const stats = simulator.stats()
    const unlike = Object.entries(wantedStats(rows)).filter(
      ([name, value]) => (stats as unknown as Readonly<Record<string, unknown>>)[name] !== value,
    )
    const { lanes, faults } = stats
    const befallen = Object.values(faults).reduce((sum, times) => sum + times, 0)
    return {
      title: `${whole(rows.wanted.length)} rows, existing: ${existing}, each fault and oddity in ${share * 100} % of the requests`,
      columns: ['', 'registrations', 'look-ups', 'links', 'faults and oddities', 'took'],
      rows: [
        [
          'requests',
          ...[lanes['register-v1'], lanes['look-up-v1'], lanes.link].map(({ arrivals }) => whole(arrivals)),
          whole(befallen),
          seconds(tookMs),
        ],
      ],
      goals: [
        {
          aim: 'every row is what the simulator’s books have, under the id of its own member',
          reached: `${whole(wrong.length)} are not${wrong.length > 0 ? `: ${JSON.stringify(wrong.slice(0, 2))}` : ''}`,
          met: wrong.length === 0 && results.length === rows.wanted.length,
        },
        {
          aim: 'nobody created or linked twice, no request with two rows of one identifier, no empty value',
          reached: unlike.length === 0 ? 'yes' : JSON.stringify(Object.fromEntries(unlike)),
          met: unlike.length === 0,
        },
      ],
    }
  } finally {
    await simulator.close()
  }
}

interface Conduct {
  readonly place: Workplace
  readonly env: Readonly<Record<string, string>>
  readonly file: string
  readonly plan: string
  readonly simulator: Simulator
  readonly rows: number
}

/** Starts the import and its workers, kills them three times, and waits for the end. */
async function conduct({ place, env, file, plan, simulator, rows }: Conduct): Promise<void> {
  const start = (...args: readonly string[]) => place.start(process.execPath, [...command(), ...args], env)
  const startWorker = async (): Promise<Started> => {
    const worker = start('worker')
    // One that does not come up says why, and is not waited for.
    await worker.line(/worker started/)
    return worker
  }
  const workers = await Promise.all(Array.from({ length: WORKERS }, startWorker))
  let running = start('import', file, '--plan', plan, '--no-workers')
  try {
    for (const share of KILLED_AT) {
      while (simulator.stats().customers < rows * share) await delay(50)
      await workers.shift()?.[Symbol.asyncDispose]()
      await running[Symbol.asyncDispose]()
      workers.push(await startWorker())
      running = start('resume', 'latest', '--no-workers')
    }
    await running.line(/^Run \S+: finished/m)
  } finally {
    for (const worker of workers) await worker[Symbol.asyncDispose]()
    await running[Symbol.asyncDispose]()
  }
}

function readResults(home: string): readonly Readonly<Record<string, string>>[] {
  const runs = join(home, 'runs')
  const [run = ''] = readdirSync(runs)
  return parse<Record<string, string>>(readFileSync(join(runs, run, 'results.csv'), 'utf8'), { columns: true })
}
