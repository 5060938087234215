import { expect, test } from 'vitest'
import { type Simulator, startSimulator } from '../../src/simulator/start-simulator.ts'
import { placeOn, start, write } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

const plan = `
rows: { key: external_id }
limits: { register: 1200 }
register:
  body:
    profiles:
      - identifiers: [{ type: externalId, value: "\${external_id}" }]
        source: INSTORE
`

const SMALL = 200
/** Rows that workers have in hand when the small run comes, and the grain of a batch: what its place may be off by. */
const IN_HAND = 200

/** Registrations of the large run that came between the start of the small one and its end. */
async function overtaken(simulator: Simulator, redisUrl: string, priority: string): Promise<number> {
  const of = (name: string) =>
    simulator.customers().filter((one) => one.identifiers[0]?.startsWith(`externalId:${name}`)).length
  const large = await placeOn(simulator.url, { url: redisUrl })
  const small = await placeOn(simulator.url, { url: redisUrl })
  for (const [where, name, rows] of [
    [large, `L${priority}`, 3_000],
    [small, `S${priority}`, SMALL],
  ] as const) {
    write(where, 'plan.yaml', plan)
    write(where, 'members.csv', `external_id\n${Array.from({ length: rows }, (_, at) => `${name}${at}`).join('\n')}\n`)
  }
  const args = ['import', 'members.csv', '--plan', 'plan.yaml', '--no-workers']
  start(large, args)
  await until('the large run is on its way', () => of(`L${priority}`) > 50)
  start(small, [...args, '--priority', priority])
  await until('the small run begins', () => of(`S${priority}`) > 0)
  const before = of(`L${priority}`)
  await until('the small run is done', () => of(`S${priority}`) === SMALL)
  return of(`L${priority}`) - before
}

test.skipIf(!hasRedis)(
  'two runs share a lane evenly, whatever their sizes, and one of high priority goes before the other',
  { timeout: 150_000 },
  async ({ onTestFinished }) => {
    const simulator = await startSimulator({ latencyMs: 5 })
    onTestFinished(() => simulator.close())
    const even = await startRedis()
    onTestFinished(() => even.close())
    start(await placeOn(simulator.url, even), ['worker'])
    const withNormal = await overtaken(simulator, even.url, 'normal')
    const first = await startRedis()
    onTestFinished(() => first.close())
    start(await placeOn(simulator.url, first), ['worker'])
    const withHigh = await overtaken(simulator, first.url, 'high')

    expect(withNormal).toBeGreaterThan(SMALL - IN_HAND)
    expect(withNormal).toBeLessThan(SMALL + IN_HAND)
    expect(withHigh).toBeLessThan(withNormal)
  },
)
