import fc from 'fast-check'
import { expect, test } from 'vitest'
import { shareRequests } from '../../workers/share-requests.ts'

test('each row is in one request, which holds as many as it can of one group, in their order', () => {
  const rows = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 30 })
  fc.assert(
    fc.property(rows, fc.integer({ min: 1, max: 5 }), (groups, rowsPerRequest) => {
      const sent = groups.map((group, row) => ({ row, request: { group } }))
      const requests = shareRequests(sent, { rowsPerRequest, groupOf: ({ request }) => request.group })
      expect(requests.flat().toSorted((a, b) => a.row - b.row)).toEqual(sent)
      for (const group of new Set(groups)) {
        const own = requests.filter(([first]) => first?.request.group === group)
        expect(own.flat()).toEqual(sent.filter(({ request }) => request.group === group))
        expect(own.slice(0, -1).every(({ length }) => length === rowsPerRequest)).toBe(true)
        expect(own.at(-1)?.length).toBeLessThanOrEqual(rowsPerRequest)
      }
    }),
  )
})

test('all rows may share where a lane makes no difference between them', () => {
  const rows = [1, 2, 3].map((row) => ({ row, request: { row } }))
  expect(
    shareRequests(rows, { rowsPerRequest: 2, groupOf: () => '' }).map((request) => request.map(({ row }) => row)),
  ).toEqual([[1, 2], [3]])
})
