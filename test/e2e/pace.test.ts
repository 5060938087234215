import { describe, expect, test } from 'vitest'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { placeOn, readSummary, run, start, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

const brokers: readonly { broker: 'embedded' | 'Redis' }[] = hasRedis
  ? [{ broker: 'embedded' }, { broker: 'Redis' }]
  : [{ broker: 'embedded' }]

describe.concurrent('the pace of a run under way', () => {
  test.for(brokers)('is changed by another process, on the $broker broker', async ({ broker }, context) => {
    const simulator = await startSimulator({ latencyMs: 5 })
    context.onTestFinished(() => simulator.close())
    const redis = broker === 'Redis' ? await startRedis() : undefined
    context.onTestFinished(() => redis?.close())
    const where = await placeOn(simulator.url, redis, context.onTestFinished)
    write(where, 'members.csv', membersCsv(200))
    // At sixty a minute it would take more than three minutes.
    write(where, 'plan.yaml', membersPlan.replace('register: none', 'register: 60'))
    const importing = start(where, ['import', 'members.csv', '--plan', 'plan.yaml'])
    await until('some are registered', () => simulator.stats().registrations >= 3)

    const nobody = await run(where, ['pace', 'register', 'fast'])
    const paced = await run(where, ['pace', 'register', '12000'])

    expect(nobody.status).toBe(2)
    expect(paced.status, paced.stderr).toBe(0)
    const { status, stderr } = await importing.finished
    expect(status, stderr).toBe(0)
    expect(stderr).toContain('From now on register goes at 12,000 requests a minute')
    expect(readSummary(where)).toMatchObject({ lanes: { register: { limit_rpm: 12_000 } } })
    const late = await run(where, ['pace', 'register', '600'])
    expect(late.status).toBe(2)
    expect(late.stderr).toContain('No run is under way')
  })
})
