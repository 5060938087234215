import { existsSync, readFileSync, renameSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { latestRun, place, write } from '../support/cli.ts'
import { membersPlan } from '../support/members.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { listen } from '../notify/listener.ts'
import { csvOf, member, members, syncPlace } from '../sync/sync-place.ts'

describe.runIf(hasRedis)('a sync whose guards look at each file', () => {
  let simulator: Awaited<ReturnType<typeof startSimulator>>
  let redis: Awaited<ReturnType<typeof startRedis>>
  beforeAll(async () => {
    simulator = await startSimulator({ port: 0, latencyMs: 0 })
    redis = await startRedis()
    return async () => {
      await simulator.close()
      await redis.close()
    }
  })
  const setUp = (onTestFinished: (clear: () => void | Promise<void>) => void, more = '', plan = membersPlan) =>
    syncPlace(place(simulator.url, redis.url, onTestFinished), more, plan)

  test('holds a file that a guard trips over, tells once, and goes on with --force', async ({ onTestFinished }) => {
    const { url, posted } = await listen([], onTestFinished)
    const sync = setUp(onTestFinished, `tell: [{ webhook: HOOK }]\n`)
    const env = { HOOK: url.href }
    sync.land('one.csv', csvOf(members(100, 119)))
    expect((await sync.run([], env)).status).toBe(0)
    const registered = simulator.stats().customers

    sync.land('two.csv', csvOf(members(100, 105)))
    const held = await sync.run([], env)
    expect(held.status).toBe(4)
    expect(held.stdout).toContain('two.csv: not imported. 6 rows, 70 % fewer than the 20 of run ')
    expect((await sync.run([], env)).status).toBe(4)
    expect(sync.files('inbox')).toEqual(['two.csv'])
    const tried = await sync.run(['--dry-run'], env)
    expect([tried.status, tried.stdout]).toEqual([4, expect.stringContaining('6 unchanged; 14 gone.')])
    expect((await sync.run(['--force'], env)).status).toBe(0)
    expect(sync.files('done')).toHaveLength(2)
    expect(simulator.stats().customers).toBe(registered)
    expect(posted.map(({ body }) => (JSON.parse(body) as { event: string }).event)).toEqual(['guard', 'recovered'])
    const texts = posted.map(({ body }) => (JSON.parse(body) as { text: string }).text)
    expect(texts[0]).toContain('nightly: two.csv: not imported.\n6 rows, 70 % fewer')
    expect((await sync.history()).map(({ outcome }) => outcome)).toEqual(['finished', 'guard', 'finished'])
  })

  test('holds a file that is older than the last one, until a newer one comes or somebody says so', async ({
    onTestFinished,
  }) => {
    const sync = setUp(onTestFinished)
    const before = members(300, 319)
    const changed = [...before.slice(1), member(300, { membership: 'H-300' })]
    sync.land('members-20261202.csv', csvOf(changed))
    expect((await sync.run()).status).toBe(0)
    const { linksMade } = simulator.stats()

    sync.land('members-20261201.csv', csvOf(before))
    const held = await sync.run()
    expect(held.status).toBe(4)
    expect(held.stdout).toContain('its name says 20261201, and that of members-20261202.csv says 20261202')
    expect((await sync.run()).status).toBe(4)
    expect([sync.files('inbox'), simulator.stats().linksMade]).toEqual([['members-20261201.csv'], linksMade])

    sync.land('members-20261203.csv', csvOf([...changed, member(320)]))
    expect((await sync.run()).status).toBe(0)
    expect([sync.files('inbox'), sync.files('failed').length]).toEqual([[], 1])

    // Without a date in its name, when it was last written tells.
    sync.land('list.csv', csvOf([...before, member(320)]))
    utimesSync(join(sync.inbox, 'list.csv'), 1_700_000_000, 1_700_000_000)
    const late = await sync.run()
    expect([late.status, late.stdout]).toEqual([4, expect.stringContaining('last written 2023-11-14 22:13:20 UTC')])
    expect((await sync.run(['--force'])).status).toBe(0)
    expect(sync.files('inbox')).toEqual([])
  })

  test('takes up a file that was held when its guard is loosened', async ({ onTestFinished }) => {
    const sync = setUp(onTestFinished)
    sync.land('one.csv', csvOf(members(120, 139)))
    expect((await sync.run()).status).toBe(0)
    const keepTo = (guards: string) => {
      const rest = readFileSync(sync.sync, 'utf8').replace(/^guards.*\n/m, '')
      writeFileSync(sync.sync, `${rest}guards: ${guards}\n`)
    }
    sync.land('two.csv', csvOf(members(120, 125)))
    keepTo('{ fewer_rows: 60% }')
    expect((await sync.run()).status).toBe(4)
    keepTo('{ fewer_rows: 80% }')
    expect((await sync.run()).status).toBe(0)
    sync.land('three.csv', csvOf(members(120, 125)))
    expect((await sync.run()).status).toBe(4)
    keepTo('{ fewer_rows: 80%, same_file: off }')
    expect((await sync.run()).status).toBe(0)
    expect((await sync.history()).map(({ outcome }) => outcome)).toEqual([
      'finished',
      'guard',
      'finished',
      'guard',
      'finished',
    ])
  })

  test('looks again at a file that nobody could read, when it is back', async ({ onTestFinished }) => {
    const { url, posted } = await listen([], onTestFinished)
    const sync = setUp(onTestFinished, 'tell: [{ webhook: HOOK }]\n', membersPlan.replace('{name}', '{nam}'))
    const env = { HOOK: url.href }
    sync.land('1.csv', csvOf(members(140, 142)))
    expect((await sync.run([], env)).stdout).toContain('1.csv: not imported.')
    const [failed = ''] = sync.files('failed')
    // As it is after a crash between what is told and the move.
    renameSync(join(sync.inbox, 'failed', failed), join(sync.inbox, '1.csv'))
    expect((await sync.run([], env)).status).toBe(4)
    expect([sync.files('inbox'), sync.files('failed').length]).toEqual([[], 1])
    renameSync(join(sync.inbox, 'failed', sync.files('failed')[0] ?? ''), join(sync.inbox, '1.csv'))
    write(sync.where, 'members.plan.yaml', membersPlan)
    expect((await sync.run([], env)).status).toBe(0)
    expect(posted.map(({ body }) => (JSON.parse(body) as { event: string }).event)).toEqual(['guard', 'recovered'])
  })

  test('that gets changes alone takes nobody for gone, and keeps their order', async ({ onTestFinished }) => {
    const sync = setUp(onTestFinished, 'holds: changes\n')
    sync.land('1.csv', csvOf(members(150, 169)))
    expect((await sync.run()).status).toBe(0)
    sync.land('2.csv', csvOf([member(150, { membership: 'H-150' }), member(170)]))
    sync.land('3.csv', csvOf([]))
    const changed = await sync.run(['--json'])
    expect(changed.status, changed.stderr).toBe(0)
    const { files } = JSON.parse(changed.stdout) as { files: { survey: object }[] }
    expect(files.map(({ survey }) => survey)).toMatchObject([
      { rows: 2, new: 1, changed: 1, gone: 0, sends: 2 },
      { rows: 0, gone: 0 },
    ])
    expect(existsSync(join(latestRun(sync.where.home), 'gone.csv'))).toBe(false)

    sync.land('4.csv', csvOf([member(150, { membership: 'H-150' }), member(170)]))
    sync.land('5.csv', csvOf(members(171, 171)))
    expect((await sync.run()).status).toBe(4)
    expect(sync.files('inbox')).toEqual(['4.csv', '5.csv'])
    expect((await sync.run(['--force'])).status).toBe(0)
    expect(sync.files('inbox')).toEqual([])
  })

  test('does not import the same content twice, whatever it is called, unless told', async ({ onTestFinished }) => {
    const sync = setUp(onTestFinished)
    sync.land('a.csv', csvOf(members(200, 204)))
    expect((await sync.run()).status).toBe(0)
    sync.land('b.csv', csvOf(members(200, 204)))
    const again = await sync.run()
    expect([again.status, again.stdout]).toEqual([4, expect.stringContaining('This very file was imported before')])
    expect(sync.files('inbox')).toEqual(['b.csv'])
    expect((await sync.run(['--force'])).status).toBe(0)
    sync.land('c.csv', csvOf(members(200, 204)))
    expect((await sync.run()).status).toBe(4)
    // A newer file has all that the one before it has.
    sync.land('d.csv', csvOf(members(200, 205)))
    expect((await sync.run()).status).toBe(0)
    expect([sync.files('inbox'), sync.files('done').length]).toEqual([[], 3])
    expect(sync.files('failed')).toEqual([expect.stringMatching(/^\d{8}-\d{6}\.c\.csv$/)])
  })

  test('puts what nobody can read into failed/, and takes the next', async ({ onTestFinished }) => {
    const sync = setUp(onTestFinished)
    sync.land('1.csv', '')
    await new Promise((resolve) => setTimeout(resolve, 5))
    sync.land('2.csv', csvOf(members(300, 302)))
    const { status, stdout } = await sync.run()
    expect([status, stdout]).toEqual([4, expect.stringContaining('1.csv: not imported.')])
    expect(sync.files('failed')).toEqual([expect.stringMatching(/^\d{8}-\d{6}\.1\.csv$/)])
    expect(sync.files('done')).toHaveLength(1)
  })
})
