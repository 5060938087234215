import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Requests } from '../../src/check/hash-member.ts'
import type { MemberJournal } from '../../src/check/member-journal.ts'
import { MemberMemory, type MemberMemoryOptions } from '../../src/check/member-memory.ts'
import type { MemberMatch } from '../../src/check/member-match.ts'

const identifier = fc.record({
  type: fc.constantFrom('mobile', 'email', 'externalId', 'číslo'),
  value: fc.constantFrom('1', '2', '3', '4', '5'),
})
const requests = fc.record(
  {
    register: fc.record({
      body: fc.record({
        profiles: fc.tuple(
          fc.record({ source: fc.constantFrom('a', 'b'), firstName: fc.constantFrom('Asha', 'Ravi', '') }),
        ),
      }),
    }),
    link: fc.record({ customer: fc.constantFrom('a', 'b'), linkToPartnerPrograms: fc.constant([]) }),
  },
  { requiredKeys: [] },
)
const rendered: fc.Arbitrary<Requests> = fc.record({
  kind: fc.constant('requests' as const),
  key: fc.constant('key'),
  members: fc.uniqueArray(identifier, { selector: ({ type, value }) => `${type} ${value}`, maxLength: 4 }),
  requests,
})
const options: fc.Arbitrary<MemberMemoryOptions> = fc.record({
  learnsOfRepeats: fc.boolean(),
  lenient: fc.boolean(),
  takeable: fc.constantFrom<MemberMemoryOptions['takeable'][]>(
    undefined,
    [['register']],
    [['register', 'link'], ['register']],
  ),
})

/** What was written, given back in pieces of so many words. */
function keep(written: number[], cut = 3): MemberJournal {
  const earlier = Array.from({ length: Math.ceil(written.length / cut) }, (_, at) =>
    Uint32Array.from(written.slice(at * cut, (at + 1) * cut)),
  )
  return { earlier, write: (words) => void written.push(...words) }
}

test('a memory that goes on from a journal says of each row what one says that was asked of all of them', () => {
  const check = fc.property(
    options,
    fc.array(rendered, { maxLength: 40 }),
    fc.array(fc.nat(40), { maxLength: 3 }),
    fc.integer({ min: 1, max: 9 }),
    (how, rows, ends, cut) => {
      const whole = new MemberMemory(how)
      const expected = rows.map((row, at) => whole.meet(at + 1, row))
      const written: number[] = []
      const said: MemberMatch[] = []
      // Sessions, one after the other: each is asked of the rows behind those that the journal knows.
      for (const end of [...ends.toSorted((a, b) => a - b), rows.length]) {
        const memory = new MemberMemory({ ...how, journal: keep(written, cut) })
        for (let at = said.length; at < Math.min(end, rows.length); at++) {
          said.push(memory.meet(at + 1, rows[at] as Requests))
        }
      }
      expect(said).toEqual(expected)
    },
  )
  fc.assert(check, { numRuns: 40 })
})
