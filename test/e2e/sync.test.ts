import { appendFileSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeAll, describe, expect, test } from 'vitest'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { kill, latestRun, place, placeOn, readReport, run, start } from '../support/cli.ts'
import { membersPlan } from '../support/members.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { until } from '../support/wait.ts'
import { listen } from '../notify/listener.ts'
import { csvOf, member, members, syncPlace } from '../sync/sync-place.ts'

describe('rollcall sync run', () => {
  let simulator: Awaited<ReturnType<typeof startSimulator>>
  beforeAll(async () => {
    simulator = await startSimulator({ port: 0, latencyMs: 0 })
    return () => simulator.close()
  })

  test('sends what is new or changed, and nothing else', async ({ onTestFinished }) => {
    const sync = syncPlace(await placeOn(simulator.url, undefined, onTestFinished))
    sync.land('monday.csv', csvOf(members(1, 20)))
    expect((await sync.run()).status).toBe(0)
    const first = simulator.stats()
    expect(readReport(sync.where, 'results.csv').map((row) => row['_status'])).toEqual(Array(20).fill('ok'))

    const tuesday = [
      member(1, { name: 'Changed' }),
      member(2, { membership: 'H-2' }),
      ...members(3, 18),
      ...members(21, 22),
    ]
    sync.land('tuesday.csv', csvOf(tuesday))
    const { status, stdout } = await sync.run(['--json'])
    expect(status).toBe(0)
    const second = simulator.stats()
    const requests = (stats: typeof first, lane: 'register' | 'link') => stats.lanes[lane].arrivals
    expect(requests(second, 'register') - requests(first, 'register')).toBe(2)
    const [night] = (JSON.parse(stdout) as { files: { survey: object }[] }).files
    expect(night?.survey).toMatchObject({ rows: 20, new: 2, changed: 2, unchanged: 16, gone: 2, sends: 3 })
    const rows = readReport(sync.where, 'results.csv')
    expect(rows[0]).toMatchObject({ _status: 'skipped', _register: 'skipped', _link: 'skipped', _attempts: '0' })
    expect(rows[0]?.['_message']).toContain('the registration API cannot update it')
    expect(rows[1]).toMatchObject({ _status: 'ok', _register: 'skipped', _link: 'exists' })
    expect(rows[2]).toMatchObject({ _status: 'skipped', _message: 'unchanged since it was done' })
    expect(rows.at(-1)).toMatchObject({ _status: 'ok', _register: 'registered', _link: 'linked' })
    expect(readFileSync(join(latestRun(sync.where.home), 'gone.csv'), 'utf8')).toBe('key\r\nM-19\r\nM-20\r\n')
    expect(sync.files('done')).toEqual([
      expect.stringMatching(/^\d{8}-\d{6}-monday-\w+\.monday\.csv$/),
      expect.stringMatching(/-tuesday-\w+\.tuesday\.csv$/),
    ])
    expect([...sync.files('inbox'), ...sync.files('working')]).toEqual([])

    sync.land('wednesday.csv', csvOf(tuesday.toReversed()))
    expect((await sync.run()).status).toBe(0)
    expect(simulator.stats().lanes).toEqual(second.lanes)
  })
})

describe.runIf(hasRedis)('a sync', () => {
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
  const registrations = () => simulator.stats().lanes.register.arrivals
  const setUp = (onTestFinished: (clear: () => void | Promise<void>) => void, more = '', plan = membersPlan) =>
    syncPlace(place(simulator.url, redis.url, onTestFinished), more, plan)

  test('can be tried while it is at work, and is not hindered by it', async ({ onTestFinished }) => {
    const sync = setUp(onTestFinished)
    sync.land('1.csv', csvOf(members(145, 147)))
    expect((await sync.run()).status).toBe(0)
    sync.land('2.csv', csvOf(members(145, 149)))
    const db = new DatabaseSync(join(sync.where.home, 'syncs/nightly/sync.db'))
    onTestFinished(() => db.close())
    db.exec('BEGIN IMMEDIATE; DELETE FROM members')
    const tried = await sync.run(['--dry-run'])
    expect([tried.status, tried.stdout]).toEqual([0, expect.stringContaining('2 new, 0 changed, 3 unchanged; 0 gone.')])
    db.exec('ROLLBACK')
  })

  test('takes whole files only, by their marker', async ({ onTestFinished }) => {
    const sync = setUp(onTestFinished)
    writeFileSync(sync.sync, readFileSync(sync.sync, 'utf8').replace('ready: renamed', 'ready: { marker: .ok }'))
    sync.land('1.csv', csvOf(members(310, 312)))
    const nothing = await sync.run()
    expect([nothing.status, nothing.stderr]).toEqual([0, expect.stringContaining('No file waits')])
    writeFileSync(join(sync.inbox, '1.ok'), '')
    expect((await sync.run()).status).toBe(0)
    expect([sync.files('inbox'), sync.files('done').length]).toEqual([[], 1])
    expect((await sync.history()).map(({ outcome }) => outcome)).toEqual(['missed', 'finished'])
  })

  test('leaves a file alone that grows while it is read, and takes it when it is whole', async ({ onTestFinished }) => {
    const sync = setUp(onTestFinished)
    sync.land('1.csv', csvOf(members(10_000, 12_999)))
    const before = registrations()
    let next = 13_000
    const growing = setInterval(() => {
      appendFileSync(
        join(sync.inbox, '1.csv'),
        csvOf([member(next++)])
          .split('\n')
          .slice(1)
          .join('\n'),
      )
    }, 5)
    const { status, stdout } = await sync.run().finally(() => clearInterval(growing))
    expect([status, stdout]).toEqual([
      4,
      expect.stringMatching(/The file changed while it was read|grew after it had been opened/),
    ])
    expect([registrations(), sync.files('inbox')]).toEqual([before, ['1.csv']])
    expect((await sync.run()).status).toBe(0)
    expect(registrations() - before).toBe(next - 10_000)
    expect((await sync.history()).map(({ outcome }) => outcome)).toEqual(['guard', 'finished'])
  })

  test('stands in the list of syncs, with its last night and its next time', async ({ onTestFinished }) => {
    const sync = setUp(onTestFinished, 'schedule: { cron: "30 2 * * *", zone: Europe/Berlin }\n')
    sync.land('1.csv', csvOf(members(960, 961)))
    const env = { ROLLCALL_NOW: '2026-03-28T12:00:00Z' }
    expect((await sync.run([], env)).status).toBe(0)
    const { stdout } = await run({ ...sync.where, env: { ...sync.where.env, ...env } }, ['sync', 'list'])
    expect(stdout).toBe(`nightly  last: finished  next: 2026-03-29T01:30:00.000Z  ${sync.sync}\n`)
    const history = await run(sync.where, ['sync', 'history', sync.sync])
    expect(history.stdout).toMatch(
      /^2026-03-28 12:00  finished   \S+  2 rows: 2 new, 0 changed, 0 unchanged; 0 gone\.\n$/,
    )
  })

  test('tries a rejected row again when it has changed, or always', async ({ onTestFinished }) => {
    const plan = membersPlan.replace('on_exists: ok', '').concat('on_exists: reject\n')
    const sync = setUp(onTestFinished, 'guards: { changed: off }\n', plan)
    const others = setUp(onTestFinished)
    others.land('before.csv', csvOf([member(400)]))
    expect((await others.run()).status).toBe(0)
    sync.land('1.csv', csvOf(members(400, 402)))
    expect((await sync.run()).status).toBe(3)
    const once = registrations()
    sync.land('2.csv', csvOf(members(400, 403)))
    expect((await sync.run()).status).toBe(0)
    expect(registrations() - once).toBe(1)
    const [first] = readReport(sync.where, 'results.csv')
    expect(first).toMatchObject({
      _status: 'skipped',
      _message: expect.stringContaining('rejected before, and unchanged'),
    })
    expect(first?.['_link']).toBe('skipped')
    sync.land('3.csv', csvOf([member(400, { name: 'Other' }), ...members(401, 403)]))
    expect((await sync.run()).status).toBe(3)
    expect(registrations() - once).toBe(2)
    writeFileSync(sync.sync, `${readFileSync(sync.sync, 'utf8')}retry_rejected: always\n`)
    sync.land('4.csv', csvOf([member(400, { name: 'Other' }), ...members(401, 404)]))
    expect((await sync.run()).status).toBe(3)
    expect(registrations() - once).toBe(4)
  })

  test.for(['first', 'last', 'reject'])(
    'with `duplicates: %s`, sends a row that repeated another when the other is gone, and not before',
    async (duplicates, { onTestFinished }) => {
      const plan = `${membersPlan}duplicates: ${duplicates}\n`
      const sync = setUp(onTestFinished, 'guards: { fewer_rows: off, changed: off }\n', plan)
      const base = { first: 4_000, last: 4_100, reject: 4_200 }[duplicates] ?? 0
      // The second contradicts the first: the same mobile, and another id. Two have one key, and one is there twice.
      const spoken = { mobile: member(base).mobile }
      const rejected = member(base, { id: `SIM-8017-${base}` })
      const other = member(base + 1, { ...spoken, membership: rejected.membership })
      const named = [member(base + 2), member(base + 2, { name: 'Other' })]
      const twice = [member(base + 3), member(base + 3)]
      const rows = [rejected, other, ...(duplicates === 'last' ? named.toReversed() : named)]
      const before = registrations()
      sync.land('1.csv', csvOf([...rows, ...twice]))
      await sync.run()
      expect(registrations() - before).toBe(3)
      sync.land('2.csv', csvOf([...rows, ...twice, member(base + 4)]))
      await sync.run()
      expect(registrations() - before).toBe(4)
      sync.land('3.csv', csvOf([...rows.filter((row) => row !== rejected), member(base + 3)]))
      expect((await sync.run()).status).toBe(0)
      expect(registrations() - before).toBe(5)
      expect(readReport(sync.where, 'results.csv').find((row) => row['external_id'] === other.id)).toMatchObject({
        _register: 'registered',
        _link: 'linked',
      })
    },
  )

  test('goes on after kill -9 at any moment, and registers nobody twice', async ({ onTestFinished }) => {
    const sync = setUp(onTestFinished, '', membersPlan.replace('register: none', 'register: 6000'))
    sync.land('1.csv', csvOf(members(500, 599)))
    const before = simulator.stats().customers
    const broken = start(sync.where, ['sync', 'run', sync.sync])
    await until('some are registered', () => simulator.stats().customers > before + 20)
    await kill(broken)
    expect(sync.files('working')).toEqual(['1.csv'])
    const refused = await run(sync.where, ['resume', 'latest'])
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('belongs to the sync nightly')])
    sync.land('2.csv', csvOf(members(500, 600)))
    expect((await sync.run()).status).toBe(0)
    expect(simulator.stats().customers - before).toBe(101)
    expect((await sync.history()).map(({ outcome }) => outcome)).toEqual(['finished', 'finished'])
    expect(sync.files('done')).toHaveLength(2)
    const row = readReport(sync.where, 'results.csv')
    expect(row.filter(({ _status }) => _status === 'skipped')).toHaveLength(100)
  })

  test('after a crash between import and move, moves the file and sends nothing', async ({ onTestFinished }) => {
    const sync = setUp(onTestFinished)
    sync.land('1.csv', csvOf(members(650, 652)))
    expect((await sync.run()).status).toBe(0)
    const [done = ''] = sync.files('done')
    renameSync(join(sync.inbox, 'done', done), join(sync.inbox, 'working/1.csv'))
    const db = new DatabaseSync(join(sync.where.home, 'syncs/nightly/sync.db'))
    db.exec('UPDATE executions SET ended_at = NULL, archived = NULL')
    db.close()
    const before = simulator.stats().lanes
    expect((await sync.run()).status).toBe(0)
    expect(simulator.stats().lanes).toEqual(before)
    expect([sync.files('working'), sync.files('done')]).toEqual([[], [done]])
    expect((await sync.history()).map(({ outcome }) => outcome)).toEqual(['finished'])
  })

  test('after a crash before its run began, leaves no marker behind, and takes what it did not know back', async ({
    onTestFinished,
  }) => {
    const sync = setUp(onTestFinished)
    writeFileSync(sync.sync, readFileSync(sync.sync, 'utf8').replace('ready: renamed', 'ready: { marker: .ok }'))
    const landWhole = (name: string, text: string) => {
      sync.land(name, text)
      writeFileSync(join(sync.inbox, `${name}.ok`), '')
    }
    landWhole('1.csv', csvOf(members(660, 662)))
    expect((await sync.run()).status).toBe(0)
    const begin = () => {
      const [done = ''] = sync.files('done')
      renameSync(join(sync.inbox, 'done', done), join(sync.inbox, 'working/1.csv'))
      rmSync(latestRun(sync.where.home), { recursive: true })
      const db = new DatabaseSync(join(sync.where.home, 'syncs/nightly/sync.db'))
      db.exec("UPDATE executions SET ended_at = NULL, archived = NULL, run = NULL, outcome = 'begun' WHERE id = 1")
      db.close()
    }
    begin()
    writeFileSync(join(sync.inbox, '1.csv.ok'), '')
    utimesSync(join(sync.inbox, '1.csv.ok'), 1, 1)
    expect((await sync.run()).status).toBe(0)
    expect([sync.files('inbox'), sync.files('done').length]).toEqual([[], 1])

    begin()
    writeFileSync(join(sync.inbox, 'working/1.csv'), csvOf(members(660, 663)))
    expect((await sync.run()).status).toBe(4)
    expect([sync.files('inbox'), sync.files('working')]).toEqual([['1.csv'], []])
    writeFileSync(join(sync.inbox, '1.csv.ok'), '')
    expect((await sync.run()).status).toBe(0)
    expect(sync.files('working')).toEqual([])
  })

  test('that stop_when halted goes on with --force alone', async ({ onTestFinished }) => {
    const others = setUp(onTestFinished)
    others.land('before.csv', csvOf(members(900, 909)))
    expect((await others.run()).status).toBe(0)
    const { url, posted } = await listen([], onTestFinished)
    const plan = `${membersPlan}on_exists: reject\nstop_when: { rejected: 50%, after: 5 }\n`
    const sync = setUp(
      onTestFinished,
      `tell: [{ slack: HOOK }]\nguards: { changed: off }\n`,
      plan.replace('register: none', 'register: 600'),
    )
    const env = { HOOK: url.href }
    sync.land('1.csv', csvOf(members(900, 919)))
    const halted = await sync.run([], env)
    expect([halted.status, halted.stdout]).toEqual([4, expect.stringContaining('stop_when')])
    const before = registrations()
    expect((await sync.run([], env)).status).toBe(4)
    expect(registrations()).toBe(before)
    expect(posted.map(({ body }) => (JSON.parse(body) as { text: string }).text)).toEqual([
      expect.stringMatching(/^\*nightly: 1\.csv: halted\. .*\n20 rows: 20 new/),
    ])
    expect((await sync.run(['--force'], env)).status).toBe(3)
    expect(sync.files('done')).toHaveLength(1)
  })

  test('tells the next time what did not arrive, and then no more', async ({ onTestFinished }) => {
    const { url, posted } = await listen([404, 404], onTestFinished)
    const sync = setUp(
      onTestFinished,
      'no_file: fine\ntell: [{ webhook: HOOK, on: finished }, { slack: OTHER_HOOK }]\n',
    )
    sync.land('1.csv', csvOf(members(930, 932)))
    const first = await sync.run([], { HOOK: url.href })
    expect([first.status, first.stderr]).toEqual([0, expect.stringContaining('Not told by webhook, and kept')])
    for (let call = 0; call < 3; call++) expect((await sync.run([], { HOOK: url.href })).status).toBe(0)
    const [one, two, three, ...more] = posted.map(({ headers }) => headers['webhook-id'])
    expect([one, two, three]).toEqual(Array(3).fill('nightly-1-finished'))
    expect(more).toEqual([])
  })

  test('has an account of its own, and calls its heartbeat after a good night', async ({ onTestFinished }) => {
    const { url, posted } = await listen([503], onTestFinished)
    const where = place('http://127.0.0.1:1', redis.url, onTestFinished)
    const account = 'account: { base_url: BRAND_URL, username: BRAND_USER, password: BRAND_PASSWORD }\n'
    const sync = syncPlace(where, `${account}heartbeat: BEAT\n`)
    sync.land('1.csv', csvOf(members(950, 951)))
    const refused = await sync.run()
    expect([refused.status, refused.stderr]).toEqual([2, expect.stringContaining('BRAND_USER is not set')])
    const brand = { BRAND_URL: simulator.url, BRAND_USER: 'brand', BRAND_PASSWORD: 'secret' }
    const { status, stderr } = await sync.run([], { ...brand, BEAT: url.href })
    expect([status, stderr]).toEqual([0, expect.not.stringContaining('Not told')])
    expect(posted.map(({ method }) => method)).toEqual(['GET', 'GET'])
  })

  test('while another process is at it, is skipped or waits, as it says', async ({ onTestFinished }) => {
    const sync = setUp(onTestFinished, '', membersPlan.replace('register: none', 'register: 1200'))
    const due = ['--due', '2026-11-24T02:30:00Z']
    expect((await sync.run(due, { ROLLCALL_NOW: '2026-11-24T02:30:00Z' })).status).toBe(0)
    sync.land('1.csv', csvOf(members(700, 760)))
    const first = start(sync.where, ['sync', 'run', sync.sync])
    await until('it is at work', () => sync.files('working').length > 0)
    const second = await sync.run()
    expect([second.status, second.stdout]).toEqual([0, expect.stringContaining('Another process is at work')])
    // A time that comes again waits for nobody, and nobody waits for it.
    expect((await sync.run(due)).stdout).toBe('That time was taken up before.\n')
    sync.land('2.csv', csvOf(members(700, 761)))
    writeFileSync(sync.sync, `${readFileSync(sync.sync, 'utf8')}overlap: queue\n`)
    expect((await sync.run()).status).toBe(0)
    expect((await first.finished).status).toBe(0)
    expect(sync.files('done')).toHaveLength(2)
  })

  test('deletes old runs with their files, but for the latest', async ({ onTestFinished }) => {
    const sync = setUp(onTestFinished, 'keep: { for: 5d, at_least: 2 }\n')
    for (let day = 1; day <= 4; day++) {
      sync.land(`${day}.csv`, csvOf(members(800, 800 + day)))
      expect((await sync.run([], { ROLLCALL_NOW: `2026-03-0${day}T02:30:00Z` })).status).toBe(0)
    }
    const runs = async () => JSON.parse((await run(sync.where, ['runs', '--json'])).stdout) as object[]
    expect([sync.files('done').length, (await runs()).length]).toEqual([4, 4])
    expect((await sync.run([], { ROLLCALL_NOW: '2026-03-20T02:30:00Z' })).status).toBe(0)
    expect([sync.files('done').length, (await runs()).length]).toEqual([2, 2])
    expect(await sync.history()).toHaveLength(5)
  })

  test('keeps a run that was verified for as long after that, and deletes it with its verification', async ({
    onTestFinished,
  }) => {
    const sync = setUp(onTestFinished, 'keep: { for: 5d, at_least: 2 }\n')
    const runs = async () => JSON.parse((await run(sync.where, ['runs', '--json'])).stdout) as object[]
    for (let day = 1; day <= 2; day++) {
      sync.land(`${day}.csv`, csvOf(members(800, 800 + day)))
      expect((await sync.run([], { ROLLCALL_NOW: `2026-03-0${day}T02:30:00Z` })).status).toBe(0)
    }
    expect((await run(sync.where, ['verify', 'latest'])).status).toBe(0)
    for (let day = 1; day <= 2; day++) {
      sync.land(`later-${day}.csv`, csvOf(members(800, 810 + day)))
      expect((await sync.run([], { ROLLCALL_NOW: `2026-05-0${day}T02:30:00Z` })).status).toBe(0)
    }
    expect([sync.files('done').length, (await runs()).length]).toEqual([3, 4])
    expect((await sync.run([], { ROLLCALL_NOW: '2100-01-01T02:30:00Z' })).status).toBe(0)
    expect([sync.files('done').length, (await runs()).length]).toEqual([2, 2])
  })
})
