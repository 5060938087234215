import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { groupByParameters } from '../../src/lanes/group-by-parameters.ts'
import { type Batch, Batcher } from '../../src/run/batcher.ts'

function setup({ size = 3, firstNumber = 1 } = {}) {
  const batches: Batch<string>[] = []
  const batcher = new Batcher<string>({
    lane: 'link',
    size,
    firstNumber,
    groupOf: (row) => row.charAt(0),
    onBatch: (batch) => batches.push(batch),
  })
  return { batcher, batches }
}

test('every row is in one batch, in order, none too large, and none of two kinds', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'b')), fc.integer({ min: 1, max: 5 }), (kinds, size) => {
      const rows = kinds.map((kind, at) => `${kind}${at}`)
      const { batcher, batches } = setup({ size, firstNumber: 7 })
      for (const row of rows) batcher.add(row)
      batcher.flush()
      expect(batches.flatMap((batch) => batch.rows)).toEqual(rows)
      expect(batches.map(({ number }) => number)).toEqual(batches.map((_, at) => 7 + at))
      for (const batch of batches) {
        expect(batch.rows.length).toBeLessThanOrEqual(size)
        expect(new Set(batch.rows.map((row) => row.charAt(0))).size).toBe(1)
      }
    }),
  )
})

test('a batch that no further row comes to leaves by itself', () => {
  vi.useFakeTimers()
  try {
    const { batcher, batches } = setup()
    batcher.add('a1')
    expect(batches).toEqual([])
    vi.advanceTimersByTime(1_000)
    expect(batches).toEqual([{ lane: 'link', number: 1, rows: ['a1'] }])
  } finally {
    vi.useRealTimers()
  }
})

test('requests with equal headers and query may travel together, others not', () => {
  expect(groupByParameters({})).toBe(groupByParameters({}))
  expect(groupByParameters({ headers: { A: '1' } })).toBe(groupByParameters({ headers: { A: '1' } }))
  expect(groupByParameters({ headers: { A: '1' } })).not.toBe(groupByParameters({ headers: { A: '2' } }))
  expect(groupByParameters({ query: { A: '1' } })).not.toBe(groupByParameters({ headers: { A: '1' } }))
})
