import { expect, test } from 'vitest'
import type { Counts } from '../../src/ledger/ledger.ts'
import { reasonToStop } from '../../src/run/stop-when.ts'

function counts(statuses: Partial<Counts['statuses']>): Counts {
  return {
    rows: 0,
    open: 0,
    statuses: { ok: 0, warned: 0, rejected: 0, failed: 0, invalid: 0, skipped: 0, ...statuses },
  }
}

const half = { rejected: 0.5, after: 200 }

test('a run halts when the share of rejected rows is reached, and enough rows were answered', () => {
  expect(reasonToStop(counts({ rejected: 100, ok: 100 }), counts({}), half)).toMatch(
    /^100 of the first 200 rows .*50 %/,
  )
  expect(reasonToStop(counts({ rejected: 99, ok: 101 }), counts({}), half)).toBeUndefined()
  expect(reasonToStop(counts({ rejected: 199 }), counts({}), half)).toBeUndefined()
})

test('rows that were never sent say nothing about the mapping', () => {
  expect(reasonToStop(counts({ rejected: 100, ok: 99, invalid: 500, skipped: 500 }), counts({}), half)).toBeUndefined()
})

test('who resumes the run has seen the rejections so far', () => {
  const seen = counts({ rejected: 200 })
  expect(reasonToStop(counts({ rejected: 399 }), seen, half)).toBeUndefined()
  expect(reasonToStop(counts({ rejected: 400 }), seen, half)).toMatch(/^200 of the first 200/)
})
