import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import type { Delivery, Ledger, LedgerWrite, RowEntry } from '../../src/ledger/ledger.ts'
import { rowStatus } from '../../src/ledger/row-status.ts'
import type { LaneName, Outcome, Status } from '../../src/model.ts'
import { temporaryFolder } from './folder.ts'
import { entry, outcome } from './samples.ts'

const statuses: readonly Status[] = ['ok', 'warned', 'rejected', 'failed', 'invalid', 'skipped']
const asks = fc.constantFrom<readonly LaneName[]>([], ['register'], ['link'], ['register', 'link'])
const verdict = fc.record({
  status: fc.constantFrom(...statuses),
  code: fc.option(fc.constantFrom(8006, 8013), { nil: undefined }),
  message: fc.option(fc.constantFrom('with id 123456', 'with id 654321', 'No'), { nil: undefined }),
  warnings: fc.array(fc.constant({ code: 8107, message: 'No label', lossy: false }), { maxLength: 2 }),
})

/** Some rows, and what one run could deliver of them: for each row and lane at most one outcome, in some deliveries. */
const story = fc
  .array(fc.record({ asks, register: fc.option(verdict), link: fc.option(verdict), delivery: fc.nat(4) }), {
    minLength: 1,
    maxLength: 12,
  })
  .map((items) => {
    const rows = items.map((item, index): RowEntry => entry(index + 1, { asks: item.asks }))
    const outcomes = items.flatMap(({ register, link, delivery }, index) => [
      ...(register === null ? [] : [{ delivery, outcome: outcome(index + 1, { ...register, attempts: delivery }) }]),
      ...(link === null ? [] : [{ delivery, outcome: outcome(index + 1, { ...link, lane: 'link' }) }]),
    ])
    const deliveries = [0, 1, 2, 3, 4].map((number): Delivery => {
      const own: readonly Outcome[] = outcomes.filter((item) => item.delivery === number).map((item) => item.outcome)
      const traffic = {
        lane: 'link',
        requests: number,
        retries: 0,
        throttled: 1,
        firstAt: number,
        lastAt: number,
      } as const
      return { id: `d${number}`, outcomes: own, traffic: [traffic] }
    })
    return { rows, deliveries }
  })

/** The same story told in another way: writes in any order, some of them twice, gathered or one by one. */
const telling = story.chain(({ rows, deliveries }) => {
  const writes: readonly LedgerWrite[] = [
    ...rows.map((row) => ({ rows: [row] })),
    ...deliveries.map((delivery) => ({ deliveries: [delivery] })),
  ]
  const shuffled = fc.shuffledSubarray([...writes, ...writes], { minLength: writes.length * 2 })
  return fc.record({ rows: fc.constant(rows), deliveries: fc.constant(deliveries), shuffled, together: fc.boolean() })
})

test('any order of the writes, replayed or gathered, leaves the same ledger', () => {
  fc.assert(
    fc.property(telling, ({ rows, deliveries, shuffled, together }) => {
      using plain = temporaryFolder()
      using other = temporaryFolder()
      const expected = plain.open()
      expected.write({ rows, deliveries })
      const ledger = other.open()
      if (together) {
        ledger.write({
          rows: shuffled.flatMap((write) => write.rows ?? []),
          deliveries: shuffled.flatMap((write) => write.deliveries ?? []),
        })
      } else for (const write of shuffled) ledger.write(write)
      expect(contentOf(ledger)).toEqual(contentOf(expected))
    }),
    { numRuns: 60 },
  )
})

test('every row has one line in order, its status follows from its outcomes, and the counts agree', () => {
  fc.assert(
    fc.property(telling, ({ rows, shuffled }) => {
      using folder = temporaryFolder()
      const ledger = folder.open()
      const fresh = shuffled.flatMap((write) => ledger.write(write))
      const results = [...ledger.results()]
      expect(results.map(({ row }) => row)).toEqual(rows.map(({ row }) => row))
      expect(fresh).toHaveLength(results.flatMap(({ outcomes }) => Object.values(outcomes)).length)
      for (const result of results) expect(result.status).toBe(rowStatus(result.asks, result.outcomes))
      const { open, statuses: counted } = ledger.counts()
      expect(open).toBe(results.filter(({ status }) => status === undefined).length)
      for (const status of statuses) {
        expect(counted[status]).toBe(results.filter((result) => result.status === status).length)
      }
      const reasons = results.flatMap(({ status, asks: asked, outcomes }) =>
        status === 'skipped' ? (asked.map((lane) => outcomes[lane]?.message).find(Boolean) ?? []) : [],
      )
      for (const { lane, name, count } of ledger.laneResults().filter(({ what }) => what === 'row'))
        expect(results.filter(({ outcomes }) => outcomes[lane]?.result === name)).toHaveLength(count)
      expect(ledger.skips().reduce((sum, { rows: met }) => sum + met, 0)).toBe(reasons.length)
      const labelled = results.flatMap(({ outcomes }) => Object.values(outcomes)).filter((o) => o.warnings.length > 0)
      const found = ledger.codes().filter(({ code }) => code === 8107)
      expect(found.reduce((sum, { rows: met }) => sum + met, 0)).toBe(labelled.length)
    }),
    { numRuns: 60 },
  )
})

function contentOf(ledger: Ledger) {
  return {
    results: [...ledger.results()],
    counts: ledger.counts(),
    traffic: ledger.traffic(),
    codes: ledger.codes(),
    skips: ledger.skips().map(({ message, rows }) => ({ message, rows })),
    openBatches: ledger.openBatches(),
  }
}
