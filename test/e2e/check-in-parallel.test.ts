import { expect, test } from 'vitest'
import type { CheckReport } from '../../src/app/check/check-file.ts'
import { place, run, write } from '../support/cli.ts'

const PLAN = `rows: { key: id }
register:
  body:
    profiles:
      - firstName: \${name}
        source: INSTORE
        identifiers:
          - { type: mobile, value: "\${mobile | phone IN}" }
          - { type: externalId, value: "\${id}" }
    extendedFields: { dob: "\${born | date dd/MM/yyyy}" }
`
const ROWS = 40_000
const LARGE = 17 * 1024 * 1024

test('a large file is checked in two threads as it is in one, which a limit of rows keeps it to', async (context) => {
  const where = place('http://127.0.0.1:1', undefined, context.onTestFinished)
  write(where, 'plan.yaml', PLAN)
  const filler = 'x'.repeat(LARGE / ROWS)
  const rows = Array.from({ length: ROWS }, (_, at) => {
    // Each thousandth is of a member who was there, half the file before; each seven hundredth has no phone.
    const member = at % 1000 === 999 ? at >> 1 : at
    const mobile = at % 700 === 3 ? '12' : `98${String(member).padStart(8, '0')}`
    return `M-${member},Asha,${mobile},${at % 5000 === 4 ? '05/17/1988' : '05/01/1990'},"${filler}"`
  })
  write(where, 'members.csv', `id,name,mobile,born,note\n${rows.join('\n')}\n`)
  const check = async (...more: string[]) => {
    const { status, stdout, stderr } = await run(where, [
      'check',
      'members.csv',
      '--plan',
      'plan.yaml',
      '--json',
      ...more,
    ])
    return { status, stderr, report: JSON.parse(stdout) as CheckReport }
  }

  const two = await check()

  expect(two).toEqual(await check('--limit', `${ROWS}`))
  expect(two.report).toMatchObject({
    rows: ROWS,
    skipped: 20,
    remarks: [expect.stringContaining('born: 8 of its dates')],
  })
})
