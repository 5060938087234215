import { expect, test } from 'vitest'
import { compareMended } from '../../src/app/input/compare-mended.ts'
import { makeLostPlus } from '../../src/app/input/lost-plus.ts'
import type { ResultRow } from '../../src/ledger/ledger.ts'
import type { Outcome, SourceRow } from '../../src/model.ts'
import { loadPlan } from '../../src/plan/load-plan.ts'

const outcome = (message: string): Outcome => ({
  row: 1,
  lane: 'register',
  result: 'invalid',
  status: 'invalid',
  message,
  warnings: [],
  sideEffects: [],
  attempts: 0,
  finishedAt: '',
})

const ledger = (input: ResultRow['input'], message = '') => ({
  row: (row: number): ResultRow => ({
    row,
    line: row + 1,
    key: 'M-1',
    asks: [],
    input,
    outcomes: { register: outcome(message) },
  }),
  meta: { get: () => ['id', 'born'], set: () => {} },
})

async function compare(cells: readonly string[], before: ReturnType<typeof ledger>, columns = ['id', 'born', '_row']) {
  const row: SourceRow = { row: 1, line: 2, input: { kind: 'cells', cells } }
  async function* chunks() {
    yield [row]
  }
  for await (const [compared] of compareMended(chunks(), columns, before, lostPlus)) return compared?.problem
  return undefined
}

const PLAN = `
register:
  body:
    profiles: [{ identifiers: [{ type: externalId, value: "\${id}" }, { type: mobile, value: "\${born | phone IN}" }] }]
`
const lostPlus = makeLostPlus(loadPlan(PLAN, 'plan.yaml'))

const before = ledger({ kind: 'cells', cells: ['00123', '03/04/1990'] })

test('a cell that a spreadsheet changed makes the row a problem, which names both values', async () => {
  expect(await compare(['123', '03/04/1990', '1'], before)).toMatch(
    /^id: "123" has lost the zeros in front; it was "00123"\. .*--as-is/,
  )
  expect(await compare(['00123', '03/04/1990', '1'], before)).toBeUndefined()
})

test('what the run said was wrong is mended on purpose', async () => {
  const said = ledger({ kind: 'cells', cells: ['00123', '03/04/1990'] }, 'born: "03/04/1990" is ahead')
  expect(await compare(['00123', '04/03/1990', '1'], said)).toBeUndefined()
  expect(await compare(['00123', '04/03/1990', '1'], before)).toContain('born: "04/03/1990" is another day')
})

test('columns are found by name, and a record of JSON by its path', async () => {
  expect(await compare(['1', '03/04/1990', '123'], before, ['_row', 'born', 'id'])).toContain('id: "123"')
  const json = ledger({ kind: 'value', value: { card: { no: '00123' } } })
  expect(await compare(['123', '1'], json, ['card.no', '_row'])).toContain('card.no: "123"')
})

const phone = (cell: string) => ledger({ kind: 'cells', cells: ['M-1', cell] })

test('a phone that lost its + is told where the plan reads another number then, and not where it reads the same', async () => {
  expect(await compare(['M-1', '6561234567', '1'], phone('+65 6123 4567'))).toContain(
    'born: "6561234567" has lost the + in front, and would be another number; it was "+65 6123 4567"',
  )
  expect(await compare(['M-1', '6561234567.0', '1'], phone('+6561234567'))).toContain('has lost the + in front')
  expect(await compare(['M-1', '919876543210', '1'], phone('+919876543210'))).toBeUndefined()
  expect(await compare(['M-1', '447911123456', '1'], phone('+447911123456'))).toBeUndefined()
  expect(await compare(['M-1', '6561234568', '1'], phone('+6561234567'))).toBeUndefined()
  expect(await compare(['+65', '1', '1'], phone('1'))).toBeUndefined()
})
