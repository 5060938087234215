import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { latestRun, run, start, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { startTrial } from '../support/trial.ts'
import { until } from '../support/wait.ts'
import { csvOf, members, syncPlace } from '../sync/sync-place.ts'

test('an inbox that is taken away in the middle of a night ends it with 4, and the next one goes on', async (context) => {
  const { where, simulator } = await startTrial(context)
  const slow = { ...where, env: { ...where.env, ROLLCALL_MINUTE_MS: '6000' } }
  const sync = syncPlace(slow, '', membersPlan.replace('register: none', 'register: 600'))
  sync.land('1.csv', csvOf(members(1, 40)))
  const night = start(slow, ['sync', 'run', sync.sync])
  await until('some are registered', () => simulator.stats().registrations >= 5)
  renameSync(sync.inbox, `${sync.inbox}-away`)

  const { status, stderr } = await night.finished

  expect(status, stderr).toBe(4)
  expect(stderr).toContain('was taken away while the sync was at work')
  expect(stderr).not.toContain('   at ')
  expect(simulator.stats().registrations).toBe(40)
  if (existsSync(sync.inbox)) rmSync(sync.inbox, { recursive: true })
  renameSync(`${sync.inbox}-away`, sync.inbox)
  sync.land('2.csv', csvOf(members(1, 41)))
  const next = await sync.run()
  expect(next.status, next.stderr).toBe(0)
  expect(simulator.stats().registrations).toBe(41)
})

test('a folder in the place of a report is named, and what to do about it', async (context) => {
  const { where } = await startTrial(context)
  write(where, 'members.csv', membersCsv(2))
  write(where, 'plan.yaml', membersPlan)
  expect((await run(where, ['import', 'members.csv', '--plan', 'plan.yaml'])).status).toBe(0)
  const folder = latestRun(where.home)
  for (const [name, more] of [
    ['report.html', []],
    ['results.csv', []],
    ['results.xlsx', ['--format', 'xlsx']],
  ] as const) {
    const path = join(folder, name)
    rmSync(path, { force: true })
    mkdirSync(path)
    const { status, stderr } = await run(where, ['report', 'latest', ...more])
    expect([status, stderr]).toEqual([1, expect.stringContaining(`${path} is to be a file, and is a folder`)])
    expect(stderr).not.toContain("fault of rollcall's own")
    rmSync(path, { recursive: true })
    expect((await run(where, ['report', 'latest', ...more])).status).toBe(0)
  }
})
