import { describe, expect, test } from 'vitest'
import { skipDone, applyDuplicates } from '../../src/check/apply-duplicates.ts'
import type { SourceRow } from '../../src/model.ts'
import { type Rendered, compilePlan } from '../../src/plan/compile-plan.ts'
import { loadPlan } from '../../src/plan/load-plan.ts'

const PLAN = `register:
  body:
    profiles:
      - source: INSTORE
        identifiers:
          - { type: email, value: "\${email | lower}" }
          - { type: mobile, value: "\${mobile | phone IN}" }
          - { type: externalId, value: "\${id}" }
`
const LINK = `link:
  customer: { externalId: "\${id}" }
  linkToPartnerPrograms: [{ partnerProgramName: "\${program}" }]
`
const COLUMNS = ['email', 'mobile', 'id', 'program']

type Cells = readonly [email: string, mobile: string, id: string, program?: string]

describe('what makes two rows one member', () => {
  test('a word for nothing does not, and the row is sent without it', async () => {
    const [first, second] = await render([
      ['n/a', '9876543210', '1'],
      ['N/A', '9876543211', '2'],
    ])
    expect([first, second].map(sentAs)).toEqual([
      ['mobile:919876543210', 'externalId:1'],
      ['mobile:919876543211', 'externalId:2'],
    ])
    expect(second).toMatchObject({ leftOut: [{ message: 'The e-mail is left out: ‘n/a’ stands for nothing.' }] })
  })

  test.each(['NULL', '#N/A', 'none', '0000000000', '9999999999'])(
    'the cell %s of a phone is left out, though the filter cannot read it',
    async (word) => {
      const [row] = await render([['asha@example.com', word, '1']])
      expect(sentAs(row)).toEqual(['email:asha@example.com', 'externalId:1'])
      expect(row).toMatchObject({ leftOut: [{}] })
    },
  )

  test('a row that has nothing else is invalid, and says why', async () => {
    const [row] = await render([['n/a', 'NULL', '-']])
    expect(row).toMatchObject({ kind: 'invalid' })
    expect(said(row)).toContain('The row has no identifier')
    expect(said(row)).toContain('‘n/a’ stands for nothing')
  })

  test('placeholders: invalid', async () => {
    const [row] = await render([['n/a', '9876543210', '1']], 'placeholders: invalid\n')
    expect(said(row)).toBe('e-mail: "n/a" stands for nothing; expected an identifier, or an empty cell')
  })

  test('placeholders: send sends them, and they join no rows', async () => {
    const rows = await render(
      [
        ['n/a', '9876543210', '1'],
        ['n/a', '9876543211', '2'],
      ],
      'placeholders: send\n',
    )
    expect(rows.map((row) => sentAs(row)[0])).toEqual(['email:n/a', 'email:n/a'])
  })

  test('an e-mail that the API would drop does not, and is sent as it stands', async () => {
    const rows = await render([
      ['asha at example', '9876543210', '1'],
      ['asha at example', '9876543211', '2'],
    ])
    expect(rows.map((row) => sentAs(row)[0])).toEqual(['email:asha at example', 'email:asha at example'])
  })

  test('a row that contradicts the member in all else is invalid', async () => {
    const [, second] = await render([
      ['rao@example.com', '9876543210', '1'],
      ['rao@example.com', '9876543211', '2'],
    ])
    expect(said(second)).toBe('The row has the same e-mail as row 1, but another mobile and id.')
  })

  test('and so is one that agrees in some and contradicts in others', async () => {
    const [, second] = await render([
      ['rao@example.com', '9876543210', '1'],
      ['rao@example.com', '9876543210', '2'],
    ])
    expect(said(second)).toBe('The row has the same e-mail and mobile as row 1, but another id.')
  })

  test('a row that only lacks an identifier, or has one more, is of the member', async () => {
    const rows = await render([
      ['rao@example.com', '', '1'],
      ['rao@example.com', '9876543211', ''],
      ['', '9876543212', '2'],
    ])
    expect(rows.map(({ kind }) => kind)).toEqual(['requests', 'skipped', 'requests'])
  })

  test('from the third row on, a value that several members have is left out', async () => {
    const shop: Cells[] = Array.from({ length: 40 }, (_, at) => [`m${at}@example.com`, '9876543210', `${at + 1}`])
    const rows = await render(shop)
    expect(rows.map(({ kind }) => kind)).toEqual(['requests', 'invalid', ...Array(38).fill('requests')])
    expect(sentAs(rows[0])).toHaveLength(3)
    expect(rows.slice(2).map((row) => sentAs(row).length)).toEqual(Array(38).fill(2))
    const message = 'The mobile "919876543210" is left out: it is on row 1 and others, of other members.'
    expect(rows[39]).toMatchObject({ leftOut: [{ message }] })
  })

  test('whoever has the value and another identifier of its first member is that member', async () => {
    const rows = await render([
      ['rao@example.com', '9876543210', '1'],
      ['rao@example.com', '9876543211', '2'],
      ['rao@example.com', '9876543210', ''],
    ])
    expect(rows.map(({ kind }) => kind)).toEqual(['requests', 'invalid', 'skipped'])
  })

  test('duplicates: all sends a row that contradicts as it is', async () => {
    const rows = await render(
      [
        ['rao@example.com', '9876543210', '1', 'A'],
        ['rao@example.com', '9876543211', '2', 'B'],
      ],
      `${LINK}duplicates: all\n`,
    )
    expect(rows.map((row) => [row.kind, sentAs(row).length])).toEqual([
      ['requests', 3],
      ['requests', 3],
    ])
  })
})

describe('a row that asks for another program alone', () => {
  const three: readonly Cells[] = [
    ['rao@example.com', '9876543210', '1', 'A'],
    ['', '', '1', 'B'],
    ['rao@example.com', '', '1', 'C'],
  ]

  test.each(['first', 'all', 'reject'])('%s: takes the registration of the first row', async (duplicates) => {
    const rows = await render(three, `${LINK}duplicates: ${duplicates}\n`)
    expect(rows.map(lanesOf)).toEqual([['register', 'link'], ['link'], ['link']])
    expect(rows.slice(1)).toMatchObject([{ taken: { register: 1 } }, { taken: { register: 1 } }])
  })

  test('last: takes that of the first row that is sent', async () => {
    const rows = await render([...three, ['', '', '1', 'A'], ['', '', '1', 'D']], `${LINK}duplicates: last\n`)
    expect(rows.map(lanesOf)).toEqual([[], ['register', 'link'], ['link'], ['link'], ['link']])
    expect(rows.slice(2)).toMatchObject([{ taken: { register: 2 } }, { taken: { register: 2 } }, {}])
  })

  test('from another source is registered there as well, once', async () => {
    const plan = PLAN.replace('INSTORE', '"${source}"') + LINK
    const cells = ['INSTORE', 'WECHAT', 'WECHAT'].map((source, at) => ['', '', '1', `P${at}`, source])
    const rows = await renderAll(plan, [...COLUMNS, 'source'], cells)
    expect(rows.map(lanesOf)).toEqual([['register', 'link'], ['register', 'link'], ['link']])
    expect(rows[2]).toMatchObject({ taken: { register: 2 } })
  })

  test('is updated by itself where it has other values', async () => {
    const update = `update:
  by: { externalId: "\${id}" }
  source: INSTORE
  body: { extendedFields: { city: "\${city}" } }
`
    const cells = ['Pune', 'Pune', 'Kochi'].map((city, at) => ['', '', '1', `P${at}`, city])
    const rows = await renderAll(PLAN + update + LINK, [...COLUMNS, 'city'], cells)
    expect(rows.map(lanesOf)).toEqual([['register', 'update', 'link'], ['link'], ['update', 'link']])
    expect(rows.slice(1)).toMatchObject([{ taken: { register: 1, update: 1 } }, { taken: { register: 1 } }])
  })
})

function render(rows: readonly Cells[], rest = ''): Promise<readonly Rendered[]> {
  return renderAll(PLAN + rest, COLUMNS, rows)
}

async function renderAll(
  text: string,
  columns: readonly string[],
  rows: readonly (readonly (string | undefined)[])[],
): Promise<readonly Rendered[]> {
  const all = rows.map((cells, at): SourceRow => {
    const input = { kind: 'cells', cells: columns.map((_, place) => cells[place] ?? '') } as const
    return { row: at + 1, line: at + 2, input }
  })
  async function* read(): AsyncGenerator<readonly SourceRow[]> {
    yield all
  }
  const plan = loadPlan(text, 'plan.yaml')
  const heeded = await applyDuplicates(compilePlan(plan, columns), plan, read)
  return all.map((row) => heeded.render(row))
}

function sentAs(row: Rendered | undefined): readonly string[] {
  return row?.kind === 'requests' ? row.members.map(({ type, value }) => `${type}:${value}`) : []
}

function lanesOf(row: Rendered): readonly string[] {
  return row.kind === 'requests' ? Object.keys(row.requests) : []
}

function said(row: Rendered | undefined): string {
  return row === undefined || row.kind === 'requests' ? '' : row.message
}

test('a row that goes again is told from the members of rows that are done, in whatever order those come', () => {
  const plan = loadPlan(PLAN + LINK, 'plan.yaml')
  const compiled = compilePlan(plan, COLUMNS)
  const done = [
    rowOf(9, ['asha@example.com', '9876543210', '1', 'A']),
    rowOf(4, ['ben@example.com', '9876543211', '2', '']),
  ].map((row) => ({ row: row.row, rendered: compiled.render(row) }))
  const again = skipDone(compiled, plan, done)
  expect(again.render(rowOf(3, ['cleo@example.com', '9876543211', '3', 'B']))).toMatchObject({
    kind: 'invalid',
    message: expect.stringContaining('row 4'),
  })
  expect(again.render(rowOf(2, ['dev@example.com', '9876543212', '5', ''])).kind).toBe('requests')
  expect(again.render(rowOf(1, ['asha@example.com', '9876543210', '1', 'C'])).kind).toBe('requests')
})

function rowOf(row: number, cells: readonly string[]): SourceRow {
  return { row, line: row + 1, input: { kind: 'cells', cells } }
}
