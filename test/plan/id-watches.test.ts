import { describe, expect, test } from 'vitest'
import { compilePlan } from '../../src/plan/compile-plan.ts'
import { loadPlan } from '../../src/plan/load-plan.ts'

describe('ids that a spreadsheet has shortened', () => {
  test.each([
    [['1234570000000000', '4000120000000000']],
    [['1234567890123450', '4000123412341230']],
    [['712346000000', '712350000000', 'M-1', '']],
    [[1234570000000000, 4000120000000000]],
  ])('are told of a column of %j', (ids: readonly (string | number)[]) => {
    expect(remarksOf(ids)).toEqual([expect.stringContaining('id: all its long numbers end in zeros')])
  })

  test.each([
    [['1234570000000000']],
    [['1234570000000000', '4000120000000001']],
    [['100000', '200000']],
    [['M-1', 'M-20']],
  ])('are not found in %j', (ids: readonly string[]) => {
    expect(remarksOf(ids)).toEqual([])
  })
})

describe('ids that have lost the zeros in front', () => {
  test.each([[['00123', '00124', '125', '126']], [['007', '008', 9, 10]], [['00123', 'X', '00124', '99999', '7']]])(
    'are told of a column of %j',
    (ids: readonly (string | number)[]) => {
      expect(remarksOf(ids)).toEqual([
        expect.stringMatching(/^id: all values that begin with a zero have \d digits, and/),
      ])
    },
  )

  test.each([
    [['00123', '125']],
    [['00123', '0124', '7', '08']],
    [['00123', '00124', '99125', '100125']],
    [['1', '22']],
  ])('are not found in %j', (ids: readonly string[]) => {
    expect(remarksOf(ids)).toEqual([])
  })
})

describe('ids that a spreadsheet has taken for dates', () => {
  test.each([
    [['M-1', '03-Apr']],
    [['3-Apr', '4-Apr']],
    [['Mar-01']],
    [['03. Apr']],
    [['3-avr']],
    [['Mrz 23']],
    [['4月3日']],
    [['2001-03-04 00:00:00']],
    [['03/04/2001']],
  ])('are told of a column of %j', (ids) => {
    expect(remarksOf(ids)).toEqual([expect.stringContaining('id: it holds days and months')])
  })

  test.each([
    [['M-1', 'MAR-01', 'mar-01']],
    [['3-April', '103-Apr', 'Apr-1990', '2001-13-04', '12-abc', '03/04/1801', '3-4']],
  ])('are not found in %j', (ids) => {
    expect(remarksOf(ids)).toEqual([])
  })
})

describe('ids of which each may be written in two ways', () => {
  test.each([
    [['M-1', 'М-2'], '1 of its values has Cyrillic or Greek letters that look like Latin ones, which others have'],
    [['AВ1', 'AВ2'], '2 of its values have letters of two alphabets'],
    [['M–1'], '1 of its values has a dash in the place of a hyphen'],
    [['١٢٣'], '1 of its values has digits of another script'],
    [['MÃ¼-1'], '1 of its values has letters that look as if read in another encoding'],
    [['A&amp;B1'], '1 of its values has what HTML writes for a sign'],
    [['12.345.678', '1 234'], '2 of its values have points or spaces between thousands'],
  ])('are told of a column of %j', (ids, said) => {
    expect(remarksOf(ids)).toEqual([expect.stringContaining(`id: ${said}`)])
  })

  test.each([[['М-1', 'МН-2']], [['M-1', 'Ж-2', 'Müller-3']], [['1234 5678 9012', '1.5', 'R&D-1', 'A;B']]])(
    'are not found in %j',
    (ids) => expect(remarksOf(ids)).toEqual([]),
  )
})

function remarksOf(ids: readonly (string | number)[]): readonly string[] {
  const text = 'register: { body: { profiles: [{ identifiers: [{ type: externalId, value: "${id}" }] }] } }'
  const plan = compilePlan(loadPlan(text, 'plan.yaml'), undefined)
  for (const [at, id] of ids.entries()) {
    plan.render({ row: at + 1, line: at + 1, input: { kind: 'value', value: { id } } })
  }
  return plan.remarks?.() ?? []
}

describe('numbers whose point may stand between thousands', () => {
  test.each([[['1.234', '950', '12.500']], [['1.000']], [['-1.250', '', '20']]])(
    'are told of a column of %j',
    (points) => {
      expect(numberRemarks(points)).toEqual([
        expect.stringMatching(/^points: \d of its values ha(?:s|ve) a point and three/),
      ])
    },
  )

  test.each([[['1.234', '12.5']], [['1.234', '1234']], [['1.234', '0.500']], [['1.234', '1.5']], [['950', '20', '']]])(
    'are not found in %j',
    (points) => {
      expect(numberRemarks(points)).toEqual([])
    },
  )
})

function numberRemarks(points: readonly string[]): readonly string[] {
  const text =
    'register:\n  body:\n    profiles: [{ identifiers: [{ type: externalId, value: "${id}" }] }]\n    x: "${points | number}"\n'
  const plan = compilePlan(loadPlan(text, 'plan.yaml'), ['id', 'points'])
  for (const [at, value] of points.entries()) {
    plan.render({ row: at + 1, line: at + 2, input: { kind: 'cells', cells: [`M-${at}`, value] } })
  }
  return plan.remarks?.() ?? []
}
