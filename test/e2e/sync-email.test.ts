import { realpathSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { startMailServer } from '../notify/mail-server.ts'
import { latestRun, place } from '../support/cli.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { csvOf, member, members, syncPlace } from '../sync/sync-place.ts'

describe.runIf(hasRedis)('the mail of a sync', () => {
  test('says the verdict, the counts, the problems and where the report is, and recovers', async (context) => {
    const redis = await startRedis()
    context.onTestFinished(() => redis.close())
    const simulator = await startSimulator({ port: 0, latencyMs: 0 })
    context.onTestFinished(() => simulator.close())
    const server = await startMailServer(1, context.onTestFinished)
    const tell =
      'tell: [{ email: [ops@example.com, loyalty@example.com], from: rollcall@example.com, smtp: SMTP_URL }]\n'
    const sync = syncPlace(place(simulator.url, redis.url, context.onTestFinished), tell)
    const env = { SMTP_URL: `smtp://mailer:s%40cret@127.0.0.1:${server.port}` }

    sync.land(
      'monday.csv',
      csvOf([...members(1, 8), member(9, { id: 'SIM-8017-9' }), member(10, { id: 'SIM-8017-10' })]),
    )
    const monday = await sync.run([], env)

    expect([monday.status, monday.stderr]).toEqual([3, expect.not.stringContaining('Not told')])
    expect(server.logins).toContain('mailer s@cret')
    const [first] = server.mails
    expect(first).toMatchObject({ from: 'rollcall@example.com', to: ['ops@example.com', 'loyalty@example.com'] })
    expect(first?.subject).toBe('nightly: monday.csv: finished; 2 of 10 rows did not succeed.')
    expect(first?.text.split('\n')).toEqual([
      'nightly: monday.csv: finished; 2 of 10 rows did not succeed.',
      '10 rows: 10 new, 0 changed, 0 unchanged; 0 gone.',
      '8 ok, 2 rejected',
      '2 × 8017 Invalid registration date',
      `Report: ${realpathSync(latestRun(sync.where.home))}`,
    ])
    expect(first?.raw).not.toMatch(/s%40cret|s@cret/)

    sync.land('tuesday.csv', csvOf(members(1, 10)))
    expect((await sync.run([], env)).status).toBe(0)

    expect(server.mails.map(({ subject }) => subject)).toEqual([
      first?.subject,
      'nightly: tuesday.csv: finished; 2 of 10 rows done, 8 unchanged.',
    ])
    expect(server.mails[1]?.text.split('\n').slice(1, 4)).toEqual([
      'Recovered: the first good night since there was trouble.',
      '10 rows: 2 new, 0 changed, 8 unchanged; 2 gone.',
      '2 ok, 8 skipped',
    ])
  })
})
