import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { startSimulator } from '../../src/simulator/start-simulator.ts'
import { type Place, latestRun, place, placeOn, readSummary, run, write } from '../support/cli.ts'
import { membersCsv, membersPlan } from '../support/members.ts'

/** Nothing listens there: what is refused must not get so far. */
const NOWHERE = 'http://127.0.0.1:1'

// What each command takes stands in docs/cli.md, which test/cli/reference.test.ts holds.
test.for([
  { words: [], holds: ['import [options] <file...>', 'Environment:\n  ROLLCALL_BASE_URL', 'Exit status: 0 every row'] },
  { words: ['sync', 'run'], holds: ['Usage: rollcall sync run [options] <file>', 'Examples:\n  rollcall sync run'] },
])('--help of rollcall $words', async ({ words, holds }, context) => {
  const { status, stdout } = await run(place(NOWHERE, undefined, context.onTestFinished), [...words, '--help'])
  expect(status).toBe(0)
  for (const part of holds) expect(stdout).toContain(part)
})

interface Mistake {
  readonly what: string
  readonly args: readonly string[]
  readonly says: string
  /** Instead of what the test's place has. An empty one is as good as none. */
  readonly env?: Readonly<Record<string, string>>
  readonly plan?: string
  readonly sync?: string
}

const mistakes: readonly Mistake[] = [
  { what: 'no command', args: [], says: 'Usage: rollcall' },
  { what: 'a command that there is not', args: ['imprt', 'members.csv'], says: 'import' },
  { what: 'a word that a terminal would obey', args: ['\u001B[2Jruns'], says: "unknown command '�[2Jruns'" },
  {
    what: 'an option that a terminal would obey',
    args: ['sync', 'list', '--\u001B[2J'],
    says: "unknown option '--�[2J'",
  },
  { what: 'no file', args: ['import', '--plan', 'plan.yaml'], says: "missing required argument 'file'" },
  { what: 'no plan', args: ['import', 'members.csv'], says: "required option '--plan <plan.yaml>' not specified" },
  { what: 'an option that there is not', args: ['runs', '--jsn'], says: '--json' },
  { what: 'a limit of no rows', args: importing('--limit', '0'), says: 'at least 1' },
  { what: 'a level that there is not', args: importing('--log-level', 'loud'), says: 'debug, info, warn, error' },
  { what: 'a file that is not there', args: ['import', 'gone.csv', '--plan', 'plan.yaml'], says: 'gone.csv' },
  {
    what: 'a plan that is not there',
    args: ['import', 'members.csv', '--plan', 'gone.yaml'],
    says: 'The plan gone.yaml is not there.',
  },
  {
    what: 'a mistake in the plan',
    args: importing(),
    plan: membersPlan.replace('limits:', 'limit:'),
    says: 'plan.yaml:3:1',
  },
  {
    what: 'a choice that a proposed plan left open',
    args: ['check', 'members.csv', '--plan', 'plan.yaml'],
    plan: membersPlan.replace('${mobile}', '${mobile | phone IN or SG}'),
    says: 'Write `phone IN` or `phone SG`',
  },
  {
    what: 'a plan that is there already',
    args: ['init', 'members.csv', '--out', 'plan.yaml'],
    says: 'is there already',
  },
  {
    what: 'a proposal for a file of which is said what there is not',
    args: ['init', 'members.csv', '--rows', 'encodin: koi8-r'],
    says: 'Did you mean `encoding`?',
  },
  { what: '--no-workers without Redis', args: importing('--no-workers'), says: 'REDIS_URL' },
  { what: 'no host', args: importing(), env: { ROLLCALL_BASE_URL: '' }, says: 'ROLLCALL_BASE_URL is not set' },
  { what: 'half of the credentials', args: importing(), env: { ROLLCALL_SECRET: '' }, says: 'ROLLCALL_SECRET' },
  { what: 'a region that there is not', args: importing(), env: { ROLLCALL_REGION: 'mars' }, says: 'asia-1, asia-2' },
  { what: 'a Redis of another form', args: importing(), env: { REDIS_URL: 'localhost' }, says: 'redis://host:6379' },
  { what: 'a worker without Redis', args: ['worker'], says: 'REDIS_URL' },
  {
    what: 'an alive file that cannot be written',
    args: ['worker', '--alive-file', '/nowhere/alive'],
    env: { REDIS_URL: 'redis://127.0.0.1:1' },
    says: '/nowhere/alive cannot be written',
  },
  { what: 'a lane that there is not', args: ['worker', '--lane', 'fast'], says: 'register, register-v1' },
  { what: 'a sync that is not there', args: ['sync', 'run', 'gone.yaml'], says: 'The sync gone.yaml is not there.' },
  {
    what: 'a scheduler without a schedule',
    args: ['scheduler', 'nightly.yaml'],
    sync: 'plan: plan.yaml\nsource: inbox\n',
    says: 'has no `schedule`',
  },
  { what: 'the history of no sync', args: ['sync', 'history', 'gone'], says: 'rollcall sync list' },
  { what: 'options alone', args: ['--home', 'x'], says: 'No command is given' },
  { what: 'a word that is no command', args: ['--home', 'x', 'nonsense'], says: "unknown command 'nonsense'" },
  { what: 'a sync that is a folder', args: ['sync', 'run', '.'], says: 'The sync . is a folder' },
  { what: 'a run that there is not', args: ['show', 'latest'], says: 'There is no such run' },
  { what: 'a code that is no number', args: ['codes', 'many'], says: 'expected a number' },
  { what: 'a code that nobody documents', args: ['codes', '123456'], says: '123456' },
  { what: 'a fault that there is not', args: ['simulate', '--faults', 'fire=1'], says: 'lostBefore' },
]

describe.concurrent('a mistake in the use ends with status 2, and words that help', () => {
  test.for(mistakes)('$what', async ({ args, says, env, plan, sync = '' }, { onTestFinished }) => {
    const where = place(NOWHERE, undefined, onTestFinished)
    write(where, 'members.csv', membersCsv(1))
    write(where, 'plan.yaml', plan ?? membersPlan)
    write(where, 'nightly.yaml', sync)

    const { status, stdout, stderr } = await run({ ...where, env: { ...where.env, ...env } }, args)

    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toContain(says)
    expect(stderr).not.toMatch(/^ +at /m)
  })
})

describe('of a finished run', () => {
  let where: Place
  let id: string

  beforeAll(async () => {
    const simulator = await startSimulator()
    where = await placeOn(simulator.url, undefined)
    write(where, 'members.csv', `${membersCsv(3)}M-4,Name\n`)
    write(where, 'plan.yaml', membersPlan)
    await run(where, importing())
    id = basename(latestRun(where.home))
    await simulator.close()
  }, 180_000)

  test('runs lists it', async () => {
    const { status, stdout } = await run(where, ['runs'])
    expect(status).toBe(0)
    expect(stdout).toMatch(
      new RegExp(
        `\\n${id}  finished  import  4 rows  1 not done +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d  \\d+ seconds? +members.csv\n$`,
      ),
    )
    const { stdout: json } = await run(where, ['runs', '--json'])
    const { started_at, finished_at } = readSummary(where)
    const listed = { run: id, state: 'finished', kind: 'import', file: 'members.csv', plan: 'plan.yaml' }
    const counted = { rows: 4, done: 4, rows_in_all: 4, problems: 1, to_look_at: true }
    expect(JSON.parse(json)).toEqual([{ ...listed, ...counted, started_at, finished_at, ends_at: null }])
  })

  test.each([
    ['its id', () => id],
    ['the end of its id', () => id.slice(-4)],
    ['latest', () => 'latest'],
  ])('show finds it by %s', async (_, name) => {
    const { status, stdout } = await run(where, ['show', name()])
    expect(status).toBe(0)
    expect(stdout).toContain(`Run ${id}: finished; 1 of 4 rows did not succeed.`)
  })

  test('show --json is its summary', async () => {
    const { status, stdout } = await run(where, ['show', 'latest', '--json'])
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toEqual(readSummary(where))
  })

  test('report writes its files anew, and they are the same', async () => {
    const files = ['results.csv', 'report.html', 'rejects.csv', 'summary.json'].map((name) =>
      join(where.home, 'runs', id, name),
    )
    const before = files.map((file) => readFileSync(file, 'utf8'))
    for (const [at, file] of files.entries()) {
      if (at % 2 === 0) rmSync(file)
      else writeFileSync(file, 'spoilt')
    }

    const { status, stdout } = await run(where, ['report', 'latest'])

    expect(status).toBe(0)
    expect(stdout).toContain(join('runs', id))
    expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(before)
  })

  test.each([
    { command: 'resume', says: 'is finished' },
    { command: 'pause', says: 'nothing to pause' },
    { command: 'cancel', says: 'is finished already' },
  ])('$command is refused', async ({ command, says }) => {
    const { status, stderr } = await run(where, [command, 'latest'])
    expect(status).toBe(2)
    expect(stderr).toContain(says)
  })

  test('a name that is no run is refused, and the latest runs are named', async () => {
    const { status, stderr } = await run(where, ['show', 'nobody'])
    expect(status).toBe(2)
    expect(stderr).toContain('"nobody": There is no such run')
    expect(stderr).toContain(id)
  })
})

test('init names the option that says how a file is written, where that cannot be found out', async () => {
  const where = place(NOWHERE)
  write(where, 'titled.csv', 'Members of March\n\nid;name\n1;Asha\n2;Zoë\n')
  const refused = await run(where, ['init', 'titled.csv'])
  expect(refused.status).toBe(2)
  expect(refused.stderr).toContain("With init: --rows 'skip: 2'.")
  const proposed = await run(where, ['init', 'titled.csv', '--rows', 'skip: 2'])
  expect(proposed.status, proposed.stderr).toBe(0)
  expect(proposed.stdout).toContain('rows: { skip: 2, key: id }')
})

describe('codes', () => {
  test('8006: what it means, and what to do', async () => {
    const { status, stdout } = await run(place(NOWHERE), ['codes', '8006'])
    expect(status).toBe(0)
    expect(stdout).toMatch(
      /^8006 {2}error on register \(it is there already\)\n {4}\S.*\n {4}\S.*\n\n8006 {2}error on link/,
    )
  })

  test('--json: all of them, each with a meaning and a remedy', async () => {
    const { status, stdout } = await run(place(NOWHERE), ['codes', '--json'])
    expect(status).toBe(0)
    const codes = JSON.parse(stdout) as { code: number; meaning: string; remedy: string }[]
    expect(codes.length).toBeGreaterThan(100)
    expect(codes.filter(({ meaning, remedy }) => meaning === '' || remedy === '')).toEqual([])
  })
})

test('runs says so where there are none', async () => {
  const { status, stdout } = await run(place(NOWHERE), ['runs'])
  expect(status).toBe(0)
  expect(stdout).toMatch(/^No runs in /)
})

function importing(...options: string[]): string[] {
  return ['import', 'members.csv', '--plan', 'plan.yaml', ...options]
}
