import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MemberGate } from '../../src/run/member-gate.ts'

interface Row {
  readonly row: number
  readonly members: readonly string[]
}

const rowsOfFewMembers = fc
  .array(fc.uniqueArray(fc.constantFrom('mobile:1', 'mobile:2', 'email:a', 'externalId:x'), { maxLength: 3 }), {
    maxLength: 40,
  })
  .map((members) => members.map((names, row): Row => ({ row, members: names })))

test('rows that share a member are never in flight together, and go in the order they came', () => {
  fc.assert(
    fc.property(rowsOfFewMembers, fc.infiniteStream(fc.nat()), (rows, choices) => {
      const gate = new MemberGate<Row>()
      const flying: Row[] = []
      const gone: Row[] = []
      const fly = (row: Row) => {
        expect(flying.some((other) => other.members.some((member) => row.members.includes(member)))).toBe(false)
        flying.push(row)
        gone.push(row)
      }
      const land = () => {
        const [landed] = flying.splice((choices.next().value ?? 0) % flying.length, 1)
        if (landed !== undefined) for (const next of gate.leave(landed)) fly(next)
      }
      for (const row of rows) {
        if (gate.enter(row)) fly(row)
        if (flying.length > 0 && (choices.next().value ?? 0) % 3 === 0) land()
      }
      while (flying.length > 0) land()

      expect(gone).toHaveLength(rows.length)
      for (const member of new Set(rows.flatMap(({ members }) => members))) {
        const order = gone.filter(({ members }) => members.includes(member)).map(({ row }) => row)
        expect(order).toEqual(order.toSorted((a, b) => a - b))
      }
    }),
  )
})

test('a row without identifiers waits for nobody', () => {
  const gate = new MemberGate<Row>()
  expect(gate.enter({ row: 1, members: [] })).toBe(true)
  expect(gate.enter({ row: 2, members: [] })).toBe(true)
})
