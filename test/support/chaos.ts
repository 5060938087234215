import { expect, onTestFinished } from 'vitest'
import type { FaultName } from '../../src/simulator/faults.ts'
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts'
import { type Place, type Running, kill, place, readReport, start, write } from './cli.ts'
import { membersPlan } from './members.ts'
import { type RedisServer, hasRedis, startRedis } from './redis.ts'
import { until } from './wait.ts'

/** So many, unless `ROLLCALL_CHAOS_ROWS` says otherwise. */
export const ROWS = Number(process.env['ROLLCALL_CHAOS_ROWS'] ?? 600)
/** Printed with each test's name: `ROLLCALL_CHAOS_SEED=<seed>` repeats a run. */
export const seed = Number(process.env['ROLLCALL_CHAOS_SEED'] ?? 1)

const faults: Partial<Record<FaultName, number>> = {
  lostBefore: 0.02,
  lostAfter: 0.03,
  resetHalfway: 0.02,
  slow: 0.01,
  http502: 0.01,
  http503: 0.01,
  http520: 0.01,
  http504After: 0.01,
  error500Body: 0.01,
  brokenJson: 0.01,
  unauthorized: 0.02,
  throttled429: 0.01,
  throttled429RetryAfter: 0.01,
  busy521: 0.02,
}

/** Faults of all kinds together hit every sixth request: six attempts would not do for the unluckiest of the rows. */
const plan = `${membersPlan.replace('register: none, link: none', 'register: 60000, link: 6000')}
    - partnerProgramName: \${second}
      customerPartnerReference: { partnerMembershipId: "\${membership}" }
retry: { attempts: 12, for: 30m }
`.replace('\n\n', '\n')

interface Expected {
  readonly externalId: string
  readonly register: string
  readonly link: string
  readonly status: readonly string[]
  readonly code?: string
}

/** Good rows, and every so often one that the API refuses for good, on either lane. */
function rows(): { readonly csv: string; readonly expected: readonly Expected[] } {
  const expected: Expected[] = []
  const lines = ['external_id,name,mobile,membership,second']
  for (let row = 1; row <= ROWS; row += 1) {
    const mobile = `9198${String(row).padStart(8, '0')}`
    if (row % 97 === 0) {
      const externalId = `SIM-8014-${row}`
      lines.push(`${externalId},Name,${mobile},G${row},`)
      expected.push({ externalId, register: 'rejected', link: 'skipped', status: ['rejected'], code: '8014' })
    } else if (row % 89 === 0) {
      lines.push(`C${row},Name,${mobile},SIM-2006-${row},`)
      expected.push({
        externalId: `C${row}`,
        register: 'registered',
        link: 'rejected',
        status: ['rejected'],
        code: '2006',
      })
    } else {
      lines.push(`C${row},Name,${mobile},G${row},${row % 5 === 0 ? 'Bluewing' : ''}`)
      expected.push({ externalId: `C${row}`, register: 'registered', link: 'linked', status: ['ok', 'warned'] })
    }
  }
  return { csv: `${lines.join('\n')}\n`, expected }
}

/** The same sequence for the same seed. */
export function chance(from: number): () => number {
  let state = from
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff
    return state / 0x7fff_ffff
  }
}

export async function startImport(where: Place, args: readonly string[] = []): Promise<Running> {
  const { csv } = rows()
  write(where, 'plan.yaml', plan)
  write(where, 'members.csv', csv)
  return start(where, ['import', 'members.csv', '--plan', 'plan.yaml', ...args])
}

/** Every row has its answer, the right one, and the API did each thing once. */
export function expectAllIsWell(where: Place, simulator: Simulator): void {
  const { expected } = rows()
  const results = readReport(where, 'results.csv')
  expect(results.map((row) => row['_row'])).toEqual(expected.map((_, at) => String(at + 1)))
  const ids = new Map(
    [...simulator.customers()].flatMap(({ id, identifiers }) =>
      identifiers.map((identifier) => [identifier, String(id)] as const),
    ),
  )
  const wrong = expected.flatMap((wanted, at) => {
    const row = results[at] ?? {}
    const id = wanted.register === 'registered' ? ids.get(`externalId:${wanted.externalId}`) : ''
    const right =
      row['_register'] === wanted.register &&
      row['_link'] === wanted.link &&
      wanted.status.includes(row['_status'] ?? '') &&
      (wanted.code === undefined || row['_code'] === wanted.code) &&
      row['_customer_id'] === id
    return right ? [] : [{ wanted, id, got: row }]
  })
  expect(wrong).toEqual([])
  const stats = simulator.stats()
  expect(stats.doubleRegistrations).toBe(0)
  expect(stats.linksMadeTwice).toBe(0)
}

export const brokers = [{ broker: 'embedded' }, ...(hasRedis ? [{ broker: 'redis' }] : [])]

interface Trial {
  readonly where: Place
  readonly simulator: Simulator
  readonly redis: RedisServer | undefined
}

export async function trial(broker: string): Promise<Trial> {
  const redis = broker === 'redis' ? await startRedis() : undefined
  onTestFinished(() => redis?.close())
  const simulator = await startSimulator({ faults, seed, slowMs: 300, latencyMs: 5 })
  onTestFinished(() => simulator.close())
  const where = place(simulator.url, redis?.url)
  // A 429 that names no time holds the lane until the next minute: here they are short.
  return { where: { ...where, env: { ...where.env, ROLLCALL_MINUTE_MS: '300' } }, simulator, redis }
}

export async function seen(simulator: Simulator, registrations: number): Promise<void> {
  await until(`${Math.floor(registrations)} registrations`, () => simulator.stats().customers >= registrations * 0.9)
}

export async function killSometime(running: Running, simulator: Simulator, registrations: number): Promise<void> {
  await seen(simulator, registrations)
  await kill(running)
}
