import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, expect, test } from 'vitest'
import { openPlaces } from '../../src/app/session/open-places.ts'
import { openLedger } from '../../src/ledger/open-ledger.ts'
import { loadPlan } from '../../src/plan/load-plan.ts'
import type { RunRecord } from '../../src/run/run-record.ts'
import { openSource } from '../../src/source/open-source.ts'
import { record } from '../run/record.ts'

const ROWS = 6_000
const PLAN = 'link: { customer: { externalId: "${id}" }, linkToPartnerPrograms: [] }\n'

/** A file of several pieces, and where a run over it keeps what it needs. */
function prepare({ onTestFinished }: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-places-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, 'members.csv')
  writeFileSync(
    file,
    `id,note\n${Array.from({ length: ROWS }, (_, at) => `M-${at + 1},${'x'.repeat(200)}\n`).join('')}`,
  )
  return { folder, file, journal: join(folder, 'members.journal') }
}

type Place = ReturnType<typeof prepare>

/** One session, which ends behind `until` rows, all of which are done: the first row that it read, and how many were before. */
async function session(
  { folder, file, journal }: Place,
  { until = Infinity, plan = PLAN, more = {} }: { until?: number; plan?: string; more?: Partial<RunRecord> } = {},
) {
  const ledger = openLedger(join(folder, 'ledger.db'))
  const source = await openSource(file, { hash: true })
  try {
    const of = {
      record: record('a', { file, ...more }),
      plan: loadPlan(plan, 'plan.yaml'),
      source,
      ledger,
      path: journal,
    }
    using places = await openPlaces(of)
    const earlier = [...(places.journal?.earlier ?? [])].flatMap((words) => [...words])
    let first: number | undefined
    let last = 0
    for await (const chunk of source.chunks()) {
      first ??= chunk[0]?.row
      last = chunk.at(-1)?.row ?? last
      for (const { row } of chunk) places.journal?.write(Uint32Array.of(row))
      const place = await places.behind?.(last, () => `up to ${last}`)
      if (place !== undefined) ledger.write({ place })
      if (last >= until) break
    }
    return { first, last, before: places.rowsBefore, seen: places.seen, earlier, hash: await source.readHash() }
  } finally {
    await source.close()
    ledger.close()
  }
}

test('a session begins behind the rows that are done, with what was known of them, and reads the whole file all the same', async (context) => {
  const place = prepare(context)
  const { first, last, hash } = await session(place, { until: 4_000 })
  expect([first, last >= 4_000]).toEqual([1, true])

  const { first: next, before, seen, earlier, last: end, hash: again } = await session(place)
  expect(before).toBeGreaterThan(2_000)
  expect([next, end]).toEqual([before + 1, ROWS])
  expect(seen).toBe(`up to ${before}`)
  // Of what was written down behind the place, nothing is left: those rows come again.
  expect(earlier).toEqual(Array.from({ length: before }, (_, at) => at + 1))
  expect(again).toBe(hash)
})

test.for<[what: string, change: (place: Place) => void, more?: Parameters<typeof session>[1]]>([
  [
    'other bytes stand in front of it, though size and time are the same',
    ({ file }) => {
      const { atime, mtime } = statSync(file)
      writeFileSync(file, readFileSync(file, 'utf8').replace('x\nM-3,x', '\nxM-3,x'))
      utimesSync(file, atime, mtime)
    },
  ],
  ['the journal lacks some of what it had', ({ journal }) => truncateSync(journal, 100)],
  ['which row of a member is sent is known from the whole file alone', () => {}, { plan: `duplicates: last\n${PLAN}` }],
  ['it is a rerun, whose rows are selected', () => {}, { more: { rerunOf: 'b' } }],
])('it begins at the first row where %s', async ([, change, more], context) => {
  const place = prepare(context)
  await session(place, { until: 4_000 })
  change(place)
  expect(await session(place, more)).toMatchObject({ first: 1, before: 0, last: ROWS })
})

test('what another rollcall noted is no place, and its journal begins anew', async (context) => {
  const place = prepare(context)
  await session(place, { until: 4_000 })
  const ledger = openLedger(join(place.folder, 'ledger.db'))
  ledger.meta.set('place', { ...(ledger.meta.get('place') as object), version: '0.0.1' })
  ledger.close()
  expect(await session(place)).toMatchObject({ first: 1, before: 0, earlier: [] })
})

test('a journal that was cut off amid a word is good up to its place', async (context) => {
  const place = prepare(context)
  await session(place, { until: 4_000 })
  appendFileSync(place.journal, 'abc')
  const { before, earlier } = await session(place)
  expect(earlier).toHaveLength(before)
  expect(before).toBeGreaterThan(0)
})
