import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Json } from '../../src/model.ts'
import { makeFilter } from '../../src/plan/filters.ts'
import { type Watch, absorbAll, restoreAll, snapshotAll } from '../../src/plan/watch.ts'

const NOW = Date.UTC(2026, 10, 11, 12)

const COLUMNS: readonly (readonly [name: string, args: readonly string[], field: string, cells: readonly string[]])[] =
  [
    ['date', ['dd/MM/yyyy'], 'city', ['05/17/1988', '05/04/1990', '07/07/1991', '17/05/1988']],
    [
      'date',
      ['yyyy-MM-dd', 'or', 'dd/MM/yyyy'],
      'city',
      ['1988-10-05', '1990-04-05', '31/12/1990', '28/02/1992', '1988-05-13'],
    ],
    ['date', ['dd.MM.yyyy'], 'dob', ['01.01.1990', '01.01.1990', '01.01.1980', '17.05.1988']],
    ['date', ['epoch-milliseconds'], 'city', ['579830400', '0', '579830400000']],
    [
      'date',
      ["yyyy-MM-dd'T'HH:mm:ssXXX"],
      'city',
      ['1988-05-09T18:30:00Z', '1990-12-31T18:30:00Z', '1990-12-31T17:00:00Z', '1990-12-31T00:00:00Z'],
    ],
    ['number', [], 'city', ['1.234', '12.345', '7', '1.5', '1234']],
  ]

function columnOf([name, args, field]: (typeof COLUMNS)[number]) {
  const filter = makeFilter(name, args, { tables: new Map(), earlier: [], field, now: NOW })
  if ('mistake' in filter) throw new Error(filter.mistake)
  if (filter.kind !== 'read' || filter.watches === undefined) throw new Error(name)
  const { watches } = filter
  return { watches, see: (cell: string) => void filter.read(cell, ignore, ignore) }
}

function ignore() {
  return undefined
}

function saidBy(watches: readonly Watch[]) {
  return watches.map((watch) => watch.remark())
}

test.each(COLUMNS)('what %s %j says of a column for %s is the same whoever has seen which of its rows', (...column) => {
  const cells = fc.array(fc.tuple(fc.constantFrom(...column[3]), fc.nat(2)), { maxLength: 30, size: 'max' })
  const [alone, one, another, third] = [columnOf(column), columnOf(column), columnOf(column), columnOf(column)]
  const shares = [one, another, third]
  const nothing = snapshotAll(alone.watches)
  let said = 0
  fc.assert(
    fc.property(cells, (all) => {
      for (const { watches } of [alone, ...shares]) restoreAll(watches, nothing)
      for (const [cell, who] of all) {
        alone.see(cell)
        shares[who]?.see(cell)
      }
      absorbAll(one.watches, throughJson(snapshotAll(another.watches)))
      absorbAll(one.watches, throughJson(snapshotAll(third.watches)))
      expect(saidBy(one.watches)).toEqual(saidBy(alone.watches))
      // Of a session that goes on from there.
      restoreAll(third.watches, throughJson(snapshotAll(one.watches)))
      expect(saidBy(third.watches)).toEqual(saidBy(alone.watches))
      if (saidBy(alone.watches).some((remark) => remark !== undefined)) said += 1
    }),
    // Few columns are such that something is said of them.
    { numRuns: 2_000 },
  )
  expect(said).toBeGreaterThan(0)
})

function throughJson(snapshots: Json): Json {
  return JSON.parse(JSON.stringify(snapshots)) as Json
}
