import { expect, test } from 'vitest'
import { openRows, describeRowsLeft } from '../../src/run/rows-left.ts'
import { temporaryFolder } from '../ledger/folder.ts'
import { entry, outcome } from '../ledger/samples.ts'

test('names the rows that were dispatched and have no outcome, where they are few', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  const rows = Array.from({ length: 2_000 }, (_, at) => entry(at + 1, { batches: { register: at } }))
  ledger.write({ rows, outcomes: rows.slice(0, 1_996).map(({ row }) => outcome(row)) })
  expect(openRows(ledger)).toEqual([])
  ledger.write({ outcomes: [outcome(1_997)] })
  expect(openRows(ledger).map(({ row }) => row)).toEqual([1_998, 1_999, 2_000])
  ledger.write({ outcomes: [outcome(1_998), outcome(1_999)] })
  const left = describeRowsLeft('r1', openRows(ledger))
  expect(left?.reason).toBe('1 row is left: row 2,000 (line 2,001).')
  expect(left?.remedy).toContain('`rollcall show r1 --row 2000`')
})

test('says nothing where no row is left', () => {
  expect(describeRowsLeft('r1', [])).toBeUndefined()
})
