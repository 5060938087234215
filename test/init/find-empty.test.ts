import { expect, test } from 'vitest'
import { findEmpty } from '../../src/init/find-empty.ts'
import { choicesBy } from '../../src/init/choices.ts'
import { proposePlan } from '../../src/init/propose-plan.ts'
import { compilePlan } from '../../src/plan/compile-plan.ts'
import { loadPlan } from '../../src/plan/load-plan.ts'

const column = (name: string, values: readonly string[]) => ({ name, values, typed: false })
const id = column('id', ['M-1', 'M-2', 'M-3', 'M-4'])

test('words that look like nothing are proposed as empty, those of most rows first, and do not hide what a column is', () => {
  const mobile = column('Mobile', ['98765 43210', 'n/a', '98765 43211', 'n/a'])
  const born = column('DOB', ['17/05/1988', '\\N', '31/12/1990', '01/01/1991'])

  const { columns, empty } = findEmpty([id, mobile, born])

  expect(empty).toEqual(['n/a', '\\N'])
  expect(columns.map(({ values }) => values.length)).toEqual([4, 2, 3])
  const choices = choicesBy(new Map([['Mobile', 'IN']]))
  const text = proposePlan([id, mobile, born], { file: 'members.csv', rows: 4, choices })
  expect(text).toContain('${DOB | date dd/MM/yyyy}')
  expect(text).not.toContain('of its values are written so')
})

test('words in cells that are padded to one width are proposed with what pads them, as a plan names them', () => {
  const cells = ['Pune', 'NULL', 'Goa', 'NULL'].map((text) => text.padEnd(9))
  const city = {
    ...column(
      'city',
      cells.map((text) => text.trimEnd()),
    ),
    padded: cells,
  }
  const text = proposePlan([id, city], { file: 'members.csv', rows: 4, choices: choicesBy(new Map()) })

  const plan = compilePlan(loadPlan(text, 'plan.yaml'), ['id', 'city'])

  const bodies = ['Goa'.padEnd(9), 'NULL'.padEnd(9)].map((cell) =>
    plan.render({ row: 1, line: 2, input: { kind: 'cells', cells: ['M-1', cell] } }),
  )
  expect(bodies[0]).toHaveProperty('requests.register.body.extendedFields', { city: 'Goa' })
  expect(bodies[1]).not.toHaveProperty('requests.register.body.extendedFields')
})

test('the proposal loads with whatever words there are', () => {
  const remark = column('email', ['a1@example.com', 'a2@example.com', 'NULL', '-', '#N/A', "k'a", '?'])
  const text = proposePlan([id, remark], { file: 'members.csv', rows: 4, choices: choicesBy(new Map()) })
  expect(loadPlan(text, 'plan.yaml').rows.empty.toSorted()).toEqual(['#N/A', '-', '?', 'NULL', "k'a"])
})
