import { parse } from 'csv-parse/sync'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { entry } from '../ledger/samples.ts'
import { csvCell } from '../../src/report/csv-cell.ts'
import { addedColumns, csvLayout } from '../../src/report/layout.ts'
import { headerLine, resultLine } from '../../src/report/result-line.ts'

const nasty = fc.constantFrom('"', ',', '\r', '\n', '\r\n', ' ', '\t', '=', "'", ';', '\u00a0', '\ufeff', 'é', '𝒳')
const cell = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.oneof(nasty, fc.string({ maxLength: 3 })), { maxLength: 6 }).map((parts) => parts.join('')),
)

test('cells that are written come back the same, also from a reader that trims', () => {
  const column = fc.uniqueArray(cell, { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(
      column,
      fc.array(fc.array(cell, { maxLength: 7 }), { maxLength: 5 }),
      fc.boolean(),
      (names, rows, trim) => {
        fc.pre(names.every((name) => !name.startsWith('_') && !name.startsWith('\ufeff')))
        const layout = csvLayout(names)
        const lines = rows.map((cells, index) => resultLine(rowOf(index + 1, cells), layout))
        const read = parse(headerLine(layout) + lines.join(''), { trim, bom: true })
        expect(read[0]).toEqual([...names, ...addedColumns])
        expect(read.slice(1).map((line) => line.slice(0, names.length))).toEqual(
          rows.map((cells) => names.map((_, index) => cells[index] ?? '')),
        )
        expect(read.slice(1).map((line) => line[names.length])).toEqual(rows.map((_, index) => String(index + 1)))
      },
    ),
  )
})

test.each([
  ['plain', 'plain'],
  ['', ''],
  ["it's; fine", "it's; fine"],
  ['a "b"', '"a ""b"""'],
  ['a,b', '"a,b"'],
  ['a\rb', '"a\rb"'],
  [' a', '" a"'],
  ['a ', '"a "'],
])('%j is written %s', (text, written) => {
  expect(csvCell(text)).toBe(written)
})

function rowOf(row: number, cells: readonly string[]) {
  return { ...entry(row, { input: { kind: 'cells', cells } }), outcomes: {} }
}
