import { expect, test } from 'vitest'
import { readSummary, run, write } from '../support/cli.ts'
import { startTrial } from '../support/trial.ts'

const IMPORT = ['import', 'members.csv', '--plan', 'plan.yaml']
const PLAN = `rows: { key: id }
limits: { register: none }
register:
  body:
    profiles:
      - firstName: \${name}
        source: INSTORE
        identifiers:
          - { type: mobile, value: "\${mobile | phone IN}" }
          - { type: email, value: "\${email | lower}" }
          - { type: externalId, value: "\${id}" }
`
const WORDS = ['n/a', 'NULL', '-', 'none', 'NA@na.com', 'noemail@shop.in', 'sin correo', 'なし', '0', 'test@test.com']

/** Members with a mobile and an id of their own; `emailOf`: of the member at a place. */
function members(count: number, emailOf: (at: number) => string): string {
  const rows = Array.from(
    { length: count },
    (_, at) => `M-${at + 1},Asha,98${String(at + 1).padStart(8, '0')},${emailOf(at)}`,
  )
  return `id,name,mobile,email\n${rows.join('\n')}\n`
}

test('members of whom every second has a word for an e-mail are all registered, and the first thing said is what was left out', async (context) => {
  const { where, simulator } = await startTrial(context)
  write(where, 'plan.yaml', PLAN)
  write(
    where,
    'members.csv',
    members(1000, (at) => (at % 2 === 0 ? `a${at}@example.org` : (WORDS[(at >> 1) % 10] ?? ''))),
  )

  const { status, stdout, stderr } = await run(where, IMPORT)

  expect(status, stderr).toBe(0)
  expect(simulator.stats().registrations).toBe(1000)
  const summary = readSummary(where)
  expect(summary).toMatchObject({ rows: 1000, ok: 500, warned: 500, skipped: 0, invalid: 0 })
  // Before the answers, by the first rows; in the end, by all of them, before how long it took.
  expect(stderr).toContain('Taken for no identifier among the first 500 rows; these rows are sent without it:')
  expect(stderr).toContain('25 rows: The e-mail is left out: ‘sin correo’ stands for nothing.')
  expect(stdout).toContain('all 1,000 rows done, 500 of them warned')
  expect(stdout).toContain('50 rows, the first is row 14: The e-mail is left out: ‘sin correo’ stands for nothing.')
  expect(stdout.indexOf('What rows went without')).toBeLessThan(stdout.indexOf('requests'))
})
