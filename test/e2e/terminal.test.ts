import { expect, test } from 'vitest'
import { place, run, write } from '../support/cli.ts'

/** Clears the screen, rings, ends a line early, turns the direction of writing. */
const NASTY = '\u001B[2J\u0007\u009B2J\u202E\u2066'
// oxlint-disable-next-line no-control-regex -- control characters are what this is about
const CONTROLS = /[\u0000-\u0009\u000B-\u001F\u007F-\u009F\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/u

test.each([
  ['check', []],
  ['check', ['--json']],
  ['import', ['--dry-run']],
  ['import', []],
  ['init', []],
  ['nonsense', []],
])('%s %j writes nothing that a terminal would obey', async (command, options) => {
  const where = place('http://127.0.0.1:9')
  const file = `members${NASTY}.csv`
  write(where, file, `id,mobile,na${NASTY}me\nM-1,9876543210,As${NASTY}ha\nM-2,no${NASTY},x\nM-3,1\n`)
  write(
    where,
    `plan${NASTY}.yaml`,
    `register:\n  body:\n    profiles:\n      - identifiers: [{ type: mobile, value: "\${mobile | phone IN}" }]\n        lastName: \${nothere}\n`,
  )
  const plan = command === 'check' || command === 'import' ? ['--plan', `plan${NASTY}.yaml`] : []
  const { stdout, stderr } = await run(where, [command, file, ...plan, ...options])
  expect(`${stdout}${stderr}`.length).toBeGreaterThan(20)
  expect(stdout).not.toMatch(CONTROLS)
  expect(stderr).not.toMatch(CONTROLS)
})

test('a plan that is proposed for such a file names its columns as they are', async () => {
  const where = place('http://127.0.0.1:9')
  write(where, 'members.csv', `id,mobile,first na\u009Bme\u202E\nM-1,9876543210,Asha\nM-2,9876543211,Rao\n`)
  const proposed = await run(where, ['init', 'members.csv'])
  write(where, 'plan.yaml', proposed.stdout)
  const { stderr, stdout } = await run(where, ['check', 'members.csv', '--plan', 'plan.yaml'])
  expect(`${stdout}${stderr}`).not.toMatch(/is not in the file|has no column/)
})

test('a column without a name is called so among those that a plan does not use', async () => {
  const where = place('http://127.0.0.1:9')
  write(where, 'members.csv', 'id,,name\nM-1,x,Asha\n')
  write(
    where,
    'plan.yaml',
    'register:\n  body:\n    profiles:\n      - identifiers: [{ type: externalId, value: "${id}" }]\n',
  )
  const { stdout } = await run(where, ['check', 'members.csv', '--plan', 'plan.yaml'])
  expect(stdout).toContain('  named nowhere in the plan: (without a name), name\n')
})
