import { existsSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { type Place, latestRun, placeOn, run, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { type RedisServer, hasRedis, startRedis } from '../support/redis.ts'

interface Listed {
  readonly run: string
  readonly state: string
  readonly rows?: number
  readonly reason?: string
}

let redis: RedisServer | undefined
let where: Place
/** Folders of runs over files of 1, 2, … rows: the first is sound, what is wrong with the others their name says. */
const folders: Record<string, string> = {}
const BROKEN = ['cut off', 'newer', 'gone', 'renamed', 'no ledger'] as const

beforeAll(async () => {
  redis = hasRedis ? await startRedis() : undefined
  const simulator = await startSimulator({ seed: 3 })
  where = await placeOn(simulator.url, redis)
  write(where, 'plan.yaml', membersPlan)
  for (const [at, name] of ['sound', ...BROKEN].entries()) {
    write(where, `members-${at + 1}.csv`, membersCsv(at + 1))
    await run(where, ['import', `members-${at + 1}.csv`, '--plan', 'plan.yaml'])
    folders[name] = latestRun(where.home)
  }
  const record = (name: string) => join(folders[name] ?? '', 'run.json')
  truncateSync(record('cut off'), 100)
  writeFileSync(record('newer'), JSON.stringify({ ...JSON.parse(readFileSync(record('newer'), 'utf8')), version: 2 }))
  writeFileSync(record('gone'), '')
  renameSync(folders['renamed'] ?? '', `${folders['renamed']}-copy`)
  folders['renamed'] = `${folders['renamed']}-copy`
  writeFileSync(
    join(folders['no ledger'] ?? '', 'ledger.db'),
    'no database, but long enough to be taken for one. '.repeat(20),
  )
  return async () => {
    await simulator.close()
    await redis?.close()
  }
}, 180_000)

function idOf(name: string): string {
  return (folders[name] ?? '').split('/').at(-1) ?? ''
}

test('runs lists what cannot be read, with the reason and what to do, and the others as usual', async () => {
  const { status, stdout } = await run(where, ['runs', '--json'])
  expect(status).toBe(0)
  const listed = JSON.parse(stdout) as Listed[]
  expect(listed.map(({ run: id, state }) => [id, state])).toEqual(
    ['sound', ...BROKEN].map((name) => [idOf(name), name === 'sound' ? 'finished' : 'unreadable']),
  )
  expect(listed.map(({ rows, reason }) => reason ?? rows)).toEqual([
    1,
    'its run.json is cut off, or is no JSON object',
    'its run.json was written by a newer rollcall',
    'its run.json is cut off, or is no JSON object',
    `its run.json is that of run ${idOf('renamed').replace(/-copy$/, '')}`,
    expect.stringContaining('not a ledger of rollcall'),
  ])
  const { stdout: text } = await run(where, ['runs'])
  expect(text).toMatch(new RegExp(`^${idOf('sound')} +finished +import +1 row .*members-1.csv$`, 'm'))
  for (const name of BROKEN) {
    expect(text).toMatch(new RegExp(`^${idOf(name)} +unreadable `, 'm'))
    expect(text).toContain(`delete ${folders[name]}`)
  }
})

test('show tells of a sound run as ever, and of another why it cannot', async () => {
  expect((await run(where, ['show', idOf('sound')])).status).toBe(0)
  const { status, stderr } = await run(where, ['show', idOf('newer')])
  expect(status).toBe(2)
  expect(stderr).toContain(`Run ${idOf('newer')} cannot be read: its run.json was written by a newer rollcall.`)
})

test('an import says that it cannot tell whether it is the second, and goes on; a second one is refused', async () => {
  const again = await run(where, ['import', 'members-1.csv', '--plan', 'plan.yaml'])
  expect(again).toMatchObject({ status: 2, stderr: expect.stringContaining('--again') })
  write(where, 'others.csv', membersCsv(9))
  const { status, stderr } = await run(where, ['import', 'others.csv', '--plan', 'plan.yaml'])
  expect(status, stderr).toBe(0)
  expect(stderr).toContain(`Run ${idOf('cut off')} cannot be read, so that nobody knows whether it is over this file`)
})

test('a rerun is refused: what is done might be sent again', async () => {
  const { status, stderr } = await run(where, ['rerun', idOf('sound')])
  expect(status).toBe(2)
  expect(stderr).toContain('It may be over the same file, whose rows would be sent again though they are done.')
})

test('prune deletes what is over, keeps what it cannot read, and says so', async () => {
  const { status, stdout } = await run(where, ['prune', '--older-than', '0d', '--all'])
  expect(status).toBe(0)
  expect(stdout).toMatch(new RegExp(`^${idOf('sound')}  finished `, 'm'))
  expect(existsSync(folders['sound'] ?? '')).toBe(false)
  for (const name of BROKEN) {
    expect(stdout).toContain(`${idOf(name)}  kept: it cannot be read: `)
    expect(existsSync(folders[name] ?? '')).toBe(true)
  }
})
