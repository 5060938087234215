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
  expect(left?.remedy).toContain('cannot answer it: `rollcall show r1 --row 2000` tells')
  expect(left?.remedy).toContain('without it: all other outcomes stand, and the reports leave its outcome empty.')
})

test('tells of several rows in the same way', () => {
  const left = describeRowsLeft('r1', [
    { row: 7, line: 9 },
    { row: 48_213, line: 48_220 },
  ])
  expect(left).toEqual({
    reason: '2 rows are left: row 7 (line 9), row 48,213 (line 48,220).',
    remedy:
      'If it answers others meanwhile, it may be that it cannot answer them: `rollcall show r1 --row 7` tells what ' +
      'came back. `rollcall cancel r1` ends the run without them: all other outcomes stand, and the reports leave ' +
      'their outcomes empty.',
  })
})

test('says nothing where no row is left', () => {
  expect(describeRowsLeft('r1', [])).toBeUndefined()
})
