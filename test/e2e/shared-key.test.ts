import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { place, readSummary, run, start, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'

const ROWS = 60
const RENEWED_EVERY_MS = 400

test.skipIf(!hasRedis).for([1, 2])(
  'a key that another program has new tokens for again and again serves %i workers to the end',
  async (count, { onTestFinished }) => {
    const redis = await startRedis()
    onTestFinished(() => redis.close())
    const simulator = await startSimulator({ latencyMs: 20, soleToken: true })
    onTestFinished(() => simulator.close())
    const where = place(simulator.url, redis.url)
    write(where, 'members.csv', membersCsv(ROWS))
    write(where, 'plan.yaml', membersPlan.replaceAll('none', '1800'))
    const workers = Array.from({ length: count }, () => start(where, ['worker']))
    await until('they work', () => workers.every(({ stderr }) => stderr().includes('worker started')))
    const end = new AbortController()
    const other = renewAgainAndAgain(simulator.url, end.signal)

    const { status, stderr } = await run(where, ['import', 'members.csv', '--plan', 'plan.yaml', '--no-workers'])

    end.abort()
    await other
    expect(status, stderr).toBe(0)
    expect(readSummary(where)).toMatchObject({ state: 'finished', ok: ROWS })
    // It was taken away from them indeed, and each row was registered once.
    expect(simulator.stats().replies['401'] ?? 0).toBeGreaterThan(0)
    expect(simulator.stats()).toMatchObject({ registrations: ROWS, doubleRegistrations: 0 })
  },
)

/** What another program with the same key does. */
async function renewAgainAndAgain(baseUrl: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await fetch(`${baseUrl}/v3/oauth/token/generate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ key: 'key', secret: 'secret' }),
    })
    await delay(RENEWED_EVERY_MS, undefined, { signal }).catch(() => {})
  }
}
