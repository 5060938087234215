import { expect, test } from 'vitest'
import { describeRowsLeft, lastRows, openRows } from '../../src/run/rows-left.ts'
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
  const left = describeRowsLeft('r1', openRows(ledger), false)
  expect(left?.reason).toBe('1 row is left: row 2,000 (line 2,001).')
  expect(left?.remedy).toContain('cannot answer it: `rollcall show r1 --row 2000` tells')
  expect(left?.remedy).toContain('without it: all other outcomes stand, and the reports leave its outcome empty.')
})

test('tells of several rows in the same way', () => {
  const rows = [
    { row: 7, line: 9 },
    { row: 48_213, line: 48_220 },
  ]
  const left = describeRowsLeft('r1', rows, true)
  expect(left).toEqual({
    reason: '2 rows are left: row 7 (line 9), row 48,213 (line 48,220).',
    remedy:
      'If it answers others meanwhile, it may be that it cannot answer them: `rollcall show r1 --row 7` tells what ' +
      'came back. Resumed, the run calls them failed where it gets no answer again. `rollcall cancel r1` ends the run without them: all other outcomes stand, and the reports leave ' +
      'their outcomes empty.',
  })
})

test('says nothing where no row is left', () => {
  expect(describeRowsLeft('r1', [], true)).toBeUndefined()
})

test('rows are the last where the run was halted with no others left, and others were answered', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  const rows = Array.from({ length: 5 }, (_, at) => entry(at + 1, { batches: { register: at } }))
  ledger.write({ rows, events: [{ kind: 'began', at: 1 }] })
  ledger.write({ outcomes: [1, 2, 3].map((row) => outcome(row)) })
  expect(lastRows(ledger)).toEqual(new Set())
  ledger.write({ events: [{ kind: 'ended', at: 2, how: 'paused' }] })
  expect(lastRows(ledger)).toEqual(new Set())
  ledger.write({ events: [{ kind: 'ended', at: 3, how: 'halted' }] })
  expect(lastRows(ledger)).toEqual(new Set([4, 5]))
  ledger.write({ outcomes: [4, 5].map((row) => outcome(row)) })
  expect(lastRows(ledger)).toEqual(new Set())
})

test('rows of a run in which nobody was answered are not the last of it', () => {
  using folder = temporaryFolder()
  const ledger = folder.open()
  ledger.write({ rows: [entry(1, { batches: { register: 0 } })], events: [{ kind: 'ended', at: 1, how: 'halted' }] })
  expect(lastRows(ledger)).toEqual(new Set())
})
