import { expect, test } from 'vitest'
import { type Choices, choicesBy } from '../../src/init/choices.ts'
import { proposePlan } from '../../src/init/propose-plan.ts'
import { sampleColumns } from '../../src/init/sample-columns.ts'
import { loadPlan } from '../../src/plan/load-plan.ts'

test('what is open is settled by the country, or by who is asked', () => {
  const columns = ['id', 'mobile', 'born', 'points']
  const rows = [['1', '9876543210', '03/04/2024', '1,250']]
  expect(filterLines(propose(columns, rows, choicesBy(new Map(), 'US'))).join()).toMatch(
    /phone US.*date MM\/dd\/yyyy}.*number en-IN}/,
  )
  expect(filterLines(propose(columns, rows, choicesBy(new Map(), 'DE'))).join()).toMatch(
    /phone DE.*date dd\/MM\/yyyy}.*number de-DE}/,
  )
  const open = choicesBy(new Map())
  propose(columns, rows, open)
  expect(open.questions.map(({ column, examples, choices }) => [column, examples, choices.length])).toEqual([
    ['mobile', ['9876543210'], 4],
    ['born', ['03/04/2024'], 2],
    ['points', ['1,250'], 2],
  ])
  const answers = new Map(open.questions.map(({ column, choices }) => [column, choices[1]?.value ?? '']))
  const answered = choicesBy(answers)
  loadPlan(propose(columns, rows, answered), 'plan.yaml')
  expect(answered.questions).toEqual([])
})

test('where no column names a member, it is asked which one does', () => {
  const open = choicesBy(new Map())
  propose(['a', 'b'], [['x', 'y']], open)
  expect(open.questions[0]).toMatchObject({ column: '', choices: [{ value: 'a', shown: 'x' }, { value: 'b' }, {}] })
  const text = propose(['a', 'b'], [['x', 'y']], choicesBy(new Map([['', 'b']])))
  expect(text).toContain('{ type: externalId, value: "${b}" }')
})

test('numbers are read as those of the country whose calling code stands beside them', () => {
  const columns = ['id', 'Dial Code', 'Phone']
  const lines = (...rows: (readonly string[])[]) =>
    propose(columns, rows, choicesBy(new Map())).match(/type: mobile.*/)?.[0]
  const [asha, tom] = [
    ['1', '+91', '9876543210'],
    ['2', '+44', '7911123456'],
  ] as const
  const byCode = "${Phone | phone by 'Dial Code'}"
  expect(lines(asha, tom)).toContain(byCode)
  expect(lines(asha, ['2', '91', '9876543211'])).toContain(byCode)
  expect(lines(asha, ['2', '+44', '07911 123456'])).toContain(byCode)
  expect(lines(asha, tom, ['3', '+91', ''])).toContain(byCode)
  expect(lines(asha, ['2', '+44', '447911123456'])).toContain(byCode)
  // Of numbers without one, the only country is the likeliest.
  expect(lines(asha, ['2', '', '9876543211'])).toContain("${Phone | phone by 'Dial Code' else IN}")
  expect(lines(asha, tom, ['3', '', '9876543211'])).toContain(byCode)
  // They say it themselves.
  expect(lines(['1', '91', '+919876543210'], ['2', '91', '+919876543211'])).toContain('${Phone | phone IN}')
})

test.each<[columns: string[], rows: string[][], filter: string]>([
  [
    ['id', 'country', 'mobile'],
    [
      ['1', 'IN', '9876543210'],
      ['2', 'United Kingdom', '07911 123456'],
    ],
    'phone by country',
  ],
  [
    ['id', 'Land', 'Handy'],
    [
      ['1', 'Österreich', '0664 1234567'],
      ['2', 'Schweiz', '079 123 45 67'],
    ],
    'phone by Land',
  ],
  [
    ['id', 'Code', 'Phone'],
    [
      ['1', '+91', '9876543210'],
      ['2', '+44', '7911123456'],
    ],
    'phone by Code',
  ],
  // The address may be anywhere, and what is called the phone's own is nearer.
  [
    ['id', 'phone_country_code', 'phone', 'shipping country'],
    [
      ['1', '91', '9876543210', 'Germany'],
      ['2', '91', '9876543211', 'Germany'],
    ],
    'phone by phone_country_code',
  ],
  [
    ['id', 'phone_code', 'phone', 'other_phone_code', 'other phone'],
    [
      ['1', '91', '9876543210', '44', '7911123456'],
      ['2', '91', '9876543211', '44', '7911123457'],
    ],
    'phone by phone_code',
  ],
  [
    ['id', 'country', 'mobile'],
    [
      ['1', 'DE', '9876543210'],
      ['2', 'FR', '9876543211'],
    ],
    '| phone BR or IN',
  ],
  [
    ['id', 'nationality', 'mobile'],
    [
      ['1', 'IN', '9876543210'],
      ['2', 'GB', '9876543211'],
    ],
    '| phone BR or IN',
  ],
])('%j with %j has its phones read by `%s`', (columns, rows, filter) => {
  expect(propose(columns, rows, choicesBy(new Map()))).toContain(filter)
})

test('a country that was said is that of the rows which say none', () => {
  const rows = [
    ['1', 'IN', '9876543210'],
    ['2', 'GB', '7911123456'],
  ]
  expect(propose(['id', 'country', 'mobile'], rows, choicesBy(new Map(), 'IN'))).toContain('phone by country else IN')
})

test('the writing of the columns’ names tells of which country numbers are that may be of several', () => {
  expect(proposeNamed('รหัสสมาชิก', 'เบอร์มือถือ')).toContain('phone TH}')
  expect(proposeNamed('Mã thành viên', 'Số điện thoại')).toContain('phone VN}')
  expect(proposeNamed('id', 'mobile')).toMatch(/phone \w\w or \w\w/)
})

function proposeNamed(...names: readonly string[]): string {
  const rows = [
    ['1', '0812345678'],
    ['2', '0898765432'],
  ]
  return propose(names, rows, choicesBy(new Map()))
}

test('where another column has several countries, it is said whose numbers are meant', () => {
  const rows = [
    ['1', 'IN', '9876543210'],
    ['2', 'GB', '9876543211'],
    ['3', 'GB', '9876543212'],
  ]
  const text = propose(['id', 'country', 'mobile'], rows, choicesBy(new Map(), 'IN'))
  expect(text).toContain('country holds other countries too: their numbers need a + and the country code in front.')
})

test('SI and NO alone are no countries', () => {
  const rows = [
    ['1', 'SI', '3331234567'],
    ['2', 'NO', '3331234568'],
  ]
  expect(propose(['id', 'consenso', 'mobile'], rows, choicesBy(new Map(), 'IT'))).not.toContain('other countries')
})

function propose(columns: readonly string[], rows: readonly (readonly string[])[], choices: Choices): string {
  const sampled = sampleColumns(
    rows.map((cells, at) => ({ row: at + 1, line: at + 2, input: { kind: 'cells', cells } })),
    columns,
  )
  return proposePlan(sampled, { file: 'members.csv', rows: rows.length, choices })
}

function filterLines(text: string): readonly string[] {
  return text.split('\n').filter((line) => /\| (?:phone|date|number)/.test(line))
}
