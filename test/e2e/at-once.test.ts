import { expect, test } from 'vitest'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { placeOn, readSummary, run, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { hasRedis, startRedis } from '../support/redis.ts'

const ROWS = 40

test.skipIf(!hasRedis)(
  'of imports of one file that begin at once, one is done and the others are refused',
  async (context) => {
    const redis = await startRedis()
    context.onTestFinished(() => redis.close())
    const simulator = await startSimulator({ latencyMs: 5 })
    context.onTestFinished(() => simulator.close())
    const where = await placeOn(simulator.url, redis)
    write(where, 'members.csv', membersCsv(ROWS))
    write(where, 'plan.yaml', membersPlan)

    const ends = await Promise.all(
      Array.from({ length: 3 }, () => run(where, ['import', 'members.csv', '--plan', 'plan.yaml'])),
    )

    const refused = ends.filter(({ status }) => status === 2)
    expect(refused, ends.map(({ stderr }) => stderr).join('\n')).toHaveLength(2)
    for (const { stderr } of refused) expect(stderr).toContain('This very file')
    expect(ends.filter(({ status }) => status === 0)).toHaveLength(1)
    expect(readSummary(where)).toMatchObject({ state: 'finished', rows: ROWS, ok: ROWS })
    expect(simulator.stats().lanes.register.arrivals).toBe(ROWS)
  },
)
