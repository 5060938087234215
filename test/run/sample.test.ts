import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chooser } from '../../src/run/sample.ts'

/** Which of so many members are chosen, from 0. */
function chosen(members: number, of: number, seed: number): readonly number[] {
  const isChosen = chooser({ members, of, seed })
  return Array.from({ length: of }, (_, at) => at).filter(() => isChosen())
}

test('so many as were asked for, the same ones each time, whatever the seed', () => {
  fc.assert(
    fc.property(fc.nat(500), fc.nat(500), fc.integer(), (a, b, seed) => {
      const [members, of] = [Math.min(a, b), Math.max(a, b)]
      const first = chosen(members, of, seed)
      expect(first).toHaveLength(members)
      expect(chosen(members, of, seed)).toEqual(first)
    }),
  )
})

test('each member is as likely to be chosen as any other', () => {
  const times = Array.from({ length: 20 }, () => 0)
  for (let seed = 0; seed < 4_000; seed += 1) for (const at of chosen(5, 20, seed)) times[at] = (times[at] ?? 0) + 1
  // 1,000 each, with a deviation of 27.
  for (const count of times) expect(Math.abs(count - 1_000)).toBeLessThan(150)
})
