import { expect, test } from 'vitest'
import { kill, readReport, readSummary, run, start, write } from '../support/cli.ts'
import { membersPlan } from '../support/members.ts'
import { startTrial } from '../support/trial.ts'
import { until } from '../support/wait.ts'

const IMPORT = ['import', 'members.csv', '--plan', 'plan.yaml']
const COLUMNS = 'external_id,name,mobile,membership,program'
const PLAN = membersPlan.replace('Goldstar', '${program}')
const PLAN_V1 = `rows: { key: external_id }
limits: { register-v1: none, look-up-v1: none, link: none }
register-v1:
  existing: keep
  customer: { external_id: "\${external_id}", mobile: "\${mobile}", firstname: "\${name}" }
${PLAN.slice(PLAN.indexOf('link:\n'))}`

/** Each member once for each program: all of the first program come first. The second member is refused. */
function threePrograms(members: number, refused = 'SIM-8017-2'): string {
  const rows = ['Gold', 'Blue', 'Red'].flatMap((program) =>
    Array.from({ length: members }, (_, at) => {
      const id = at === 1 ? refused : `M-${at + 1}`
      return `${id},Name,91980${String(at).padStart(7, '0')},${program}-${at + 1},${program}`
    }),
  )
  return `${COLUMNS}\n${rows.join('\n')}\n`
}

test('a member with three programs is registered once and linked three times; where that is refused, all rows are', async (context) => {
  const { where, simulator } = await startTrial(context)
  write(where, 'members.csv', threePrograms(20))
  write(where, 'plan.yaml', PLAN)

  const { status, stderr } = await run(where, IMPORT)

  expect(status, stderr).toBe(3)
  const results = readReport(where, 'results.csv')
  const refused = results.filter((row) => row['external_id'] === 'SIM-8017-2')
  expect(refused.map((row) => [row['_register'], row['_link'], row['_code']])).toEqual(
    [1, 2, 3].map(() => ['rejected', 'skipped', '8017']),
  )
  expect(new Set(refused.map((row) => row['_message'])).size).toBe(1)
  const others = results.filter((row) => row['external_id'] !== 'SIM-8017-2')
  expect(new Set(others.map((row) => `${row['_status']} ${row['_register']} ${row['_link']}`))).toEqual(
    new Set(['ok registered linked']),
  )
  // Each row knows the account.
  expect(new Set(others.map((row) => row['_customer_id'])).size).toBe(19)
  expect(results[39]?.['_message']).toBe('as row 20, which is of the same member')
  expect(simulator.stats().lanes.register.arrivals).toBe(20)

  // What was refused goes again once as well.
  const again = await run(where, ['rerun', 'latest'])
  expect(again.status, again.stderr).toBe(3)
  expect(simulator.stats().lanes.register.arrivals).toBe(21)
})

test.for(['last'])('and so it is over a kill and a resume, with duplicates: %s', async (duplicates, context) => {
  const { where, simulator } = await startTrial(context)
  const slow = { ...where, env: { ...where.env, ROLLCALL_MINUTE_MS: '6000' } }
  write(where, 'members.csv', threePrograms(60, 'M-2'))
  write(where, 'plan.yaml', `${PLAN.replace('register: none', 'register: 600')}duplicates: ${duplicates}\n`)
  const importing = start(slow, IMPORT)
  await until('some are registered', () => simulator.stats().registrations >= 15)
  await kill(importing)

  const { status, stderr } = await run(slow, ['resume', 'latest'])

  expect(status, stderr).toBe(0)
  expect(readSummary(where)).toMatchObject({ rows: 180, ok: 180 })
  expect(simulator.stats().registrations).toBe(60)
  // Those that were in flight may have been sent twice.
  expect(simulator.stats().lanes.register.arrivals).toBeLessThan(100)
})

test('with V1, it is added once, and looked for once', async (context) => {
  const { where, simulator } = await startTrial(context)
  write(where, 'members.csv', threePrograms(20, 'M-2'))
  write(where, 'plan.yaml', PLAN_V1)

  const { status, stderr } = await run(where, IMPORT)

  expect(status, stderr).toBe(0)
  expect(readSummary(where)).toMatchObject({ rows: 60, ok: 60 })
  expect(simulator.stats().lanes['register-v1'].arrivals).toBeLessThanOrEqual(4)
})

test('words for nothing make no rows one member: all are registered, and those that had one are warned', async (context) => {
  const { where, simulator } = await startTrial(context)
  const words = ['n/a', 'NULL', '-', 'none', 'test@test.com', 'noemail@shop.in', 'na@na.com', '#N/A', '.', '00000']
  const rows = Array.from(
    { length: 100 },
    (_, at) =>
      `M-${at + 1},Name,91980${String(at).padStart(7, '0')},${at % 2 === 0 ? `m${at}@example.com` : words[(at >> 1) % 10]}`,
  )
  write(where, 'members.csv', `external_id,name,mobile,email\n${rows.join('\n')}\n`)
  const email = '          - { type: email, value: "${email | lower}" }\n'
  const plan = PLAN.slice(0, PLAN.indexOf('link:\n')).replace('link: none', 'link: 1')
  write(where, 'plan.yaml', plan.replace('        source', `${email}        source`))

  const check = await run(where, ['check', ...IMPORT.slice(1)])
  expect(check.stdout).toContain('The e-mail is left out: ‘n/a’ stands for nothing.')
  const { status, stdout, stderr } = await run(where, IMPORT)

  expect(status, stderr).toBe(0)
  expect(stdout).toContain('all 100 rows done, 50 of them warned')
  expect(stdout).toContain('5 rows, the first is row 2: The e-mail is left out: ‘n/a’ stands for nothing.')
  expect(simulator.stats().registrations).toBe(100)
  expect(readReport(where, 'results.csv')[1]).toMatchObject({ email: 'n/a', _status: 'warned' })
})
