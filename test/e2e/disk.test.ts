import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, describe, expect, test } from 'vitest'
import { DatabaseSync } from 'node:sqlite'
import { FolderGone, diskTroubleOf } from '../../src/disk-error.ts'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import {
  type Finished,
  type Place,
  type Running,
  latestRun,
  place,
  start,
  temporaryFolder,
  write,
} from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'
import { hasRedis, startRedis } from '../support/redis.ts'
import { startTrial } from '../support/trial.ts'
import { until } from '../support/wait.ts'

const IMPORT = ['import', 'members.csv', '--plan', 'plan.yaml']

/** A file system of one's own, without being root: not every machine lets one. */
const canMount =
  spawnSync('unshare', ['--user', '--map-root-user', '--mount', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0

describe.skipIf(!canMount)('an import whose home takes no writes', () => {
  test('says that its disk is full, with the folder and what to do, and names the run to resume', async (context) => {
    const where = await setUp(context, hasRedis)
    const { status, stderr } = await runOn(where, 'size=2m', 'true')
    expect(status, stderr).toBe(hasRedis ? 4 : 1)
    expectWords(stderr, `The disk is full: ${where.home} takes nothing more (`)
    expect(stderr).toContain('Make room there')
    if (hasRedis) expect(stderr).toMatch(/Then `rollcall resume \d{8}-\d{6}-members-\w{4}` goes on\.\n$/)
  })

  test('says so where the embedded broker has no room', async (context) => {
    const where = await setUp(context, false)
    const { status, stderr } = await runOn(where, 'size=10m', 'true')
    expect(status, stderr).toBe(1)
    expectWords(stderr, `The disk is full: ${where.home} takes nothing more (`)
  })

  test('says that it is read-only', async (context) => {
    const where = await setUp(context, hasRedis)
    const { status, stderr } = await runOn(where, 'size=2m', `mount -o remount,ro ${where.home}`)
    expect(status, stderr).toBe(1)
    expectWords(stderr, `Nothing can be written to ${where.home}: its disk takes no writes`)
  })
})

describe.skipIf(!canMount)('a console whose home takes no writes', () => {
  test('has no room for an upload, says so, and goes on', async (context) => {
    const { ask } = await openConsole(await setUp(context, false), 'true')
    const { status, text } = await ask('/api/check', uploadOf(3_000_000))
    expect([status, text]).toEqual([413, expect.stringContaining('the file is larger than')])
    expect((await ask('/api/runs')).status).toBe(200)
  })

  test('says what is wrong with its disk', async (context) => {
    const where = await setUp(context, false)
    const { ask } = await openConsole(where, `mount -o remount,ro ${where.home}`)
    const { status, text } = await ask('/api/check', uploadOf(10))
    expect([status, text]).toEqual([507, expect.stringContaining(`Nothing can be written to ${where.home}`)])
    expect((await ask('/api/runs')).status).toBe(200)
  })
})

function uploadOf(bytes: number): RequestInit {
  const form = new FormData()
  form.set('file', new Blob(['a'.repeat(bytes)]), 'members.csv')
  form.set('plan', new Blob([membersPlan]), 'plan.yaml')
  return { method: 'POST', body: form }
}

async function openConsole(where: Place, prepare: string) {
  const withToken = { ...where, env: { ...where.env, ROLLCALL_CONSOLE_TOKEN: 'of-the-test' } }
  const { child } = startOn(withToken, 'size=2m', prepare, ['console', '--port', '0'])
  let printed = ''
  child.stdout?.on('data', (text: string) => (printed += text))
  await until('the console prints its address', () => /http:\/\/127\.0\.0\.1:\d+/u.test(printed))
  const base = /http:\/\/127\.0\.0\.1:\d+/u.exec(printed)?.[0] ?? ''
  return {
    async ask(path: string, init: RequestInit = {}) {
      const reply = await fetch(`${base}${path}`, { ...init, headers: { authorization: 'Bearer of-the-test' } })
      return { status: reply.status, text: await reply.text() }
    },
  }
}

test('an import whose folder is taken away stops, and says so', async (context) => {
  const { where, simulator } = await startTrial(context, 100)
  write(where, 'plan.yaml', membersPlan.replaceAll('none', '600'))
  write(where, 'members.csv', membersCsv(2_000))
  const importing = start(where, IMPORT)
  await until('some members are there', () => simulator.members().length > 5)
  const folder = latestRun(where.home)
  rmSync(folder, { recursive: true })
  const { status, stderr } = await importing.finished
  expect(status).toBe(4)
  expectWords(stderr, `The folder ${folder} is gone`)
})

test('what an error says of the disk is known, whoever it comes from', () => {
  expect(diskTroubleOf(Object.assign(new Error('x'), { code: 'ENOSPC' }))).toBe('full')
  expect(diskTroubleOf(new Error('x', { cause: { code: 'EROFS' } }))).toBe('read-only')
  expect(diskTroubleOf({ name: 'ErrnoError', errno: 51 })).toBe('full')
  expect(diskTroubleOf(new SuppressedError(new Error('later'), new FolderGone('/x')))).toBe('gone')
  expect(diskTroubleOf(caught(() => new DatabaseSync('/no/such/folder/x.db')))).toBe('unsure')
  for (const other of [undefined, 'x', new Error('x'), { code: 'ECONNREFUSED' }, { code: 7 }]) {
    expect(diskTroubleOf(other)).toBeUndefined()
  }
})

function caught(act: () => unknown): unknown {
  try {
    return act()
  } catch (error) {
    return error
  }
}

/** 400 members of two kilobytes each. */
async function setUp({ onTestFinished }: TestContext, onRedis: boolean): Promise<Place> {
  const simulator = await startSimulator()
  onTestFinished(() => simulator.close())
  const redis = onRedis ? await startRedis() : undefined
  onTestFinished(() => redis?.close())
  const where = place(simulator.url, redis?.url)
  write(where, 'plan.yaml', membersPlan)
  write(where, 'members.csv', membersCsv(400).replaceAll('Name', 'Name'.repeat(500)))
  return { ...where, home: join(temporaryFolder(), 'home') }
}

/** Runs an import whose home is a file system of its own, on which a command was run before. */
function runOn(where: Place, options: string, prepare: string): Promise<Finished> {
  return startOn(where, options, prepare, IMPORT).finished
}

function startOn(where: Place, options: string, prepare: string, args: readonly string[]): Running {
  const mount = `mkdir -p ${where.home} && mount -t tmpfs -o ${options} tmpfs ${where.home} && ${prepare}`
  const wrap = ['unshare', '--user', '--map-root-user', '--mount', 'sh', '-c', `${mount} && exec "$@"`, 'sh']
  return start({ ...where, env: { ...where.env, ROLLCALL_HOME: where.home } }, args, undefined, wrap)
}

function expectWords(stderr: string, words: string): void {
  const last = stderr.split('rollcall: ').at(-1) ?? ''
  expect(last).toContain(words)
  expect(last).not.toMatch(/^\s+at |\[object Object\]/m)
}
