import { expect, test } from 'vitest'
import { RowCheck } from '../../src/check/check-rows.ts'
import type { Checked } from '../../src/check/check-rows.ts'
import { estimateCost, estimateDuration } from '../../src/check/estimate.ts'
import type { Json } from '../../src/model.ts'
import { type Rendered, compilePlan } from '../../src/plan/compile-plan.ts'
import { loadPlan } from '../../src/plan/load-plan.ts'

const plan = `register:
  body:
    profiles:
      - firstName: \${name}
        identifiers: [{ type: mobile, value: "\${mobile | phone IN}" }]
        source: INSTORE
    extendedFields: { born: "\${born | date dd/MM/yyyy}" }
link:
  customer: { mobile: "\${mobile | phone IN}" }
  linkToPartnerPrograms: [{ partnerProgramName: "\${partner}" }]
`
const COLUMNS = ['name', 'mobile', 'born', 'partner', 'note', 'nothing']

test('rows are counted by what becomes of them, and by lane', () => {
  const checked = check([
    ['Asha', '9876543210', '01/02/1990', 'Goldstar'],
    ['Ravi', '9876543211', '', ''],
    ['Meera', '12', '', ''],
  ])
  expect(checked).toMatchObject({ rows: 3, ready: 2, invalid: 1, skipped: 0, lanes: { register: 2, link: 1 } })
  expect(checked.first.register?.body).toMatchObject({ profiles: [{ firstName: 'Asha' }] })
  expect(checked.first.link?.linkToPartnerPrograms).toEqual([{ partnerProgramName: 'Goldstar' }])
})

test('a kind of problem has its count and its first ten places, and a row with two faults counts with each', () => {
  const bad = Array.from({ length: 12 }, (_, at) => ['x', `${at + 1}`, at === 3 ? '31/02/1990' : ''])
  const { problems } = check([...bad, ['x', '9876543210', '30/02/1991']])
  expect(problems.map(({ rows, places }) => [rows, places.map(({ row }) => row)])).toEqual([
    [12, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]],
    // The year, and which day it was, make no other kind.
    [2, [4, 13]],
  ])
  expect(problems[0]?.message).toBe(
    'mobile: "1" is not a phone number; expected one of India, or an international one that begins with +',
  )
  expect(problems[1]?.places[1]).toEqual({
    row: 13,
    line: 14,
    key: '919876543210',
    message: 'born: "30/02/1991" is not a date: day 30 does not exist in February 1991; expected dd/MM/yyyy',
  })
})

test('however many kinds of problem there are, few are kept, and none is missed', () => {
  const rows = Array.from({ length: 600 }, (_, at) => ({ row: at + 1, line: at + 2, problem: `of kind ${word(at)}` }))
  const { invalid, problems } = check(rows.map((row) => ({ ...row, input: { kind: 'cells', cells: [] } })))
  expect(invalid).toBe(600)
  expect(problems.length).toBeLessThanOrEqual(201)
  expect(problems.reduce((sum, { rows: count }) => sum + count, 0)).toBe(600)
})

test('what the API would cut is found with its place', () => {
  const { losses } = check([
    ['Asha', '9876543210'],
    ['x'.repeat(101), '9876543211'],
  ])
  expect(losses).toMatchObject([{ rows: 1, places: [{ row: 2, line: 3, key: '919876543211' }] }])
})

test('values that may not be meant so are told, and their rows are sent', () => {
  const { ready, doubts } = check(
    [
      ['Asha', '9876543210', '2099-01-01'],
      ['Ravi', '9876543211', '1988-05-10'],
    ],
    plan.replace('dd/MM/yyyy', 'yyyy-MM-dd'),
  )
  expect(ready).toBe(2)
  expect(doubts).toMatchObject([{ rows: 1, places: [{ row: 1, message: expect.stringContaining('is after today') }] }])
})

test('what all values of a column have in common is told', () => {
  const instants = ['1988-05-09T18:30:00Z', '1990-12-31T18:30:00Z'].map((born) => ['x', '9876543210', born])
  const { remarks } = check(instants, plan.replace('dd/MM/yyyy', "yyyy-MM-dd'T'HH:mm:ssXXX"))
  expect(remarks).toEqual([expect.stringContaining('born: all its times are midnight in Asia/Kolkata')])
})

test('rows that are skipped or come again are counted, each with its place', () => {
  const again = 'The row has the same mobile as row 1, and asks for something else.'
  const member = { type: 'mobile', value: '1' }
  const render = ({ row }: { row: number }): Rendered =>
    row === 2
      ? { kind: 'skipped', key: 'M-2', message: 'The row asks for nothing.', hint: 'Fill in a program.' }
      : { kind: 'requests', key: `M-${row}`, members: [member], ...LINK, ...(row === 3 && { again }) }
  const rowCheck = new RowCheck({
    plan: { lanes: ['link'], columnsUsed: [], render },
    columns: [],
    now: Date.parse('2026-11-25'),
  })
  for (const row of [1, 2, 3]) rowCheck.see({ row, line: row + 1, input: { kind: 'cells', cells: [] } })
  const checked = rowCheck.result()
  expect(checked).toMatchObject({ rows: 3, ready: 2, invalid: 0, skipped: 1, lanes: { link: 2 }, first: LINK.requests })
  expect(checked.first).not.toHaveProperty('register')
  expect(checked.skips).toEqual([
    {
      message: 'The row asks for nothing.',
      hint: 'Fill in a program.',
      rows: 1,
      places: [{ row: 2, line: 3, key: 'M-2', message: 'The row asks for nothing.' }],
    },
  ])
  expect(checked.repeats).toMatchObject([{ message: again, rows: 1, places: [{ row: 3, key: 'M-3' }] }])
  expect(checked.losses).toMatchObject([{ rows: 2, places: [{ row: 1 }, { row: 3 }] }])
})

test('the first request is that of the first row, for each lane', () => {
  const { first } = check([
    ['Asha', '9876543210', '', 'Goldstar'],
    ['Ravi', '9876543211', '', 'Bluewing'],
  ])
  expect(first.register?.body).toMatchObject({ profiles: [{ firstName: 'Asha' }] })
  expect(first.link?.linkToPartnerPrograms).toEqual([{ partnerProgramName: 'Goldstar' }])
})

test('columns that are empty, and columns that nobody names', () => {
  const { columns } = check([
    ['Asha', '9876543210', '', '', 'x', ''],
    ['Ravi', '9876543211', '', ' ', '', ' '],
  ])
  expect(columns).toEqual({ empty: ['born', 'partner', 'nothing'], unused: ['note', 'nothing'], missing: [] })
})

test('fields of a JSONL file, by the first step of a path', () => {
  const text = plan.replaceAll('${name}', '${person.name}').replaceAll('${partner}', '${partnr}')
  const rowCheck = new RowCheck({
    plan: compilePlan(loadPlan(text, 'plan.yaml'), undefined),
    columns: undefined,
    now: 0,
  })
  const records: readonly Json[] = [
    { person: { name: 'Asha' }, mobile: '9876543210', born: null, partner: 'Goldstar' },
    { mobile: '9876543211', note: '' },
  ]
  for (const [at, value] of records.entries()) {
    rowCheck.see({ row: at + 1, line: at + 1, input: { kind: 'value', value } })
  }
  expect(rowCheck.result().columns).toEqual({
    empty: ['born', 'note'],
    unused: ['partner', 'note'],
    missing: ['partnr'],
  })
})

test('an import costs a request for each registration and for each batch of links, and its longest lane counts', () => {
  const parts = { register: { batch: 1 }, link: { batch: 50 } }
  const costs = estimateCost({ lanes: { register: 1_000, link: 101 } }, { register: 100, link: 1_000 }, parts)
  expect(costs).toEqual({
    register: { rows: 1_000, requests: 1_000, limit_rpm: 100, minutes: 10 },
    link: { rows: 101, requests: 3, limit_rpm: 1_000, minutes: 0 },
  })
  expect(estimateDuration(costs)).toBe(600_000)
  const unlimited = estimateCost({ lanes: { link: 1 } }, {}, parts)
  expect(unlimited.link).toEqual({ rows: 1, requests: 1, limit_rpm: null, minutes: null })
  expect(estimateDuration(unlimited)).toBeUndefined()
})

test('members who are looked up before they are sent cost look-ups, which may take longer than all else', () => {
  const keeping = `register-v1: { existing: keep, customer: { mobile: "\${mobile}", external_id: "\${id}" } }`
  const compiled = compilePlan(loadPlan(keeping, 'plan.yaml'), ['mobile', 'id'])
  const seen = new RowCheck({ plan: compiled, columns: ['mobile', 'id'], now: 0 })
  for (const [at, cells] of [
    ['919876543210', 'M-1'],
    ['919876543211', ''],
    ['919876543212', 'M,3'],
  ].entries()) {
    seen.see({ row: at + 1, line: at + 2, input: { kind: 'cells', cells } })
  }
  const { lanes, lookUps } = seen.result()
  // What holds a comma cannot be looked up, and its row is not sent.
  expect(lookUps).toEqual({ 'look-up-v1': 3 })
  const costs = estimateCost({ lanes, lookUps: { 'look-up-v1': 3_000 } }, { 'look-up-v1': 100 }, {})
  expect(costs['look-up-v1']).toEqual({ rows: 3_000, requests: 300, limit_rpm: 100, minutes: 3 })
})

/** A link whose tier expired long ago. */
const LINK: Pick<Extract<Rendered, { kind: 'requests' }>, 'requests'> = {
  requests: {
    link: {
      customer: { mobile: '1' },
      linkToPartnerPrograms: [
        {
          partnerProgramName: 'Goldstar',
          customerPartnerReference: { partnerTierExpiryDate: '2001-01-01T00:00:00+00:00' },
        },
      ],
    },
  },
}

type Row = Parameters<RowCheck['see']>[0]

function check(rows: readonly (readonly string[] | Row)[], text = plan): Checked {
  const rowCheck = new RowCheck({
    plan: compilePlan(loadPlan(text, 'plan.yaml'), COLUMNS),
    columns: COLUMNS,
    now: Date.parse('2026-11-25'),
  })
  for (const [at, row] of rows.entries()) {
    rowCheck.see('row' in row ? row : { row: at + 1, line: at + 2, input: { kind: 'cells', cells: row } })
  }
  return rowCheck.result()
}

/** A word of letters for each number: digits make no kind of their own. */
function word(at: number): string {
  return Array.from(String(at), (digit) => 'abcdefghij'[Number(digit)]).join('')
}
