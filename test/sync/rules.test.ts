import { utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { addExecution, lastGood } from '../../src/sync/executions.ts'
import { checkGuards, sameFileViolation } from '../../src/sync/guards.ts'
import { listInbox, readyFiles } from '../../src/sync/inbox.ts'
import { eventsOf } from '../../src/sync/sync-events.ts'
import { openStore } from '../../src/sync/store.ts'
import type { Survey } from '../../src/sync/survey.ts'
import { toPrune } from '../../src/sync/to-prune.ts'
import { temporaryFolder } from '../support/cli.ts'

const survey = (changes: Partial<Survey> = {}): Survey => ({
  rows: 100,
  new: 0,
  changed: 0,
  unchanged: 100,
  invalid: 0,
  gone: 0,
  sends: 0,
  columns: ['id', 'name'],
  ...changes,
})
const guards = {
  empty: true,
  fewerRows: 0.3,
  changed: 0.5,
  columns: true,
  sameFile: true,
  lookalikes: true,
  older: true,
}
const tripped = (now: Partial<Survey>, limits = guards) =>
  checkGuards(survey(now), { run: 'r', survey: survey(), isLatest: true }, limits).map(({ guard }) => guard)

const finished = (problems: number) => ({ kind: 'finished', problems, rows: 100 }) as const
const events = (...given: Parameters<typeof eventsOf>) => eventsOf(...given).map(({ event }) => event)
const file = (name: string, modifiedAt: number, changedAt = modifiedAt) => ({ name, size: 1, modifiedAt, changedAt })

describe('guards', () => {
  test('let the first file and a usual one pass', () => {
    expect(checkGuards(survey({ unchanged: 0, new: 100 }), undefined, guards)).toEqual([])
    expect(tripped({})).toEqual([])
  })
  test('trip above their threshold, not at it', () => {
    expect(tripped({ rows: 70, unchanged: 70 })).toEqual([])
    expect(tripped({ rows: 69, unchanged: 69 })).toEqual(['fewer_rows'])
    expect(tripped({ changed: 50, unchanged: 50 })).toEqual([])
    expect(tripped({ changed: 51, unchanged: 49 })).toEqual(['changed'])
    expect(tripped({ columns: ['id', 'other'] })).toEqual(['columns'])
    expect(tripped({ rows: 0, unchanged: 0 })).toEqual(['empty'])
    expect(tripped({ new: 100, unchanged: 0 })).toEqual(['changed'])
  })
  test('trip over a word for nothing that is in more than a few rows of a column, and was in none or a few before', () => {
    const before = survey({ lookalikes: { mobile: { '-': 1 } } })
    const reasons = (lookalikes: Survey['lookalikes'], last = before) =>
      checkGuards(survey({ lookalikes }), { run: 'r', survey: last, isLatest: true }, guards)
    expect(reasons({ email: { 'n/a': 6 } })).toMatchObject([
      {
        guard: 'lookalikes',
        reason: expect.stringContaining('stood in no row or a few before: "n/a" in 6 rows of email.'),
      },
    ])
    expect(reasons({ email: { 'n/a': 5 } })).toEqual([])
    expect(reasons({ mobile: { '-': 90 } })).toHaveLength(1)
    const some = survey({ lookalikes: { mobile: { '-': 6 }, email: { 'n/a': 2 } } })
    expect(reasons({ mobile: { '-': 90 }, email: { 'n/a': 7 } }, some)).toEqual([])
    // What an older rollcall surveyed tells nothing of them.
    expect(reasons({ email: { 'n/a': 90 } }, survey())).toEqual([])
    expect(tripped({ lookalikes: { email: { 'n/a': 90 } } }, { ...guards, lookalikes: false, older: false })).toEqual(
      [],
    )
  })
  test('say what they saw, in figures', () => {
    const before = survey({ rows: 2_000, unchanged: 2_000 })
    const reasons = (now: Partial<Survey>) =>
      checkGuards(survey(now), { run: 'r1', survey: before, isLatest: true }, guards).map(({ reason }) => reason)
    expect(reasons({ rows: 0, unchanged: 0 })).toEqual(['The file has no rows.'])
    expect(reasons({ rows: 1_390, unchanged: 1_390 })).toEqual(['1,390 rows, 30.5 % fewer than the 2,000 of run r1.'])
    expect(reasons({ rows: 2_000, changed: 1_500, unchanged: 500 })).toEqual([
      '1,500 of 2,000 known rows have changed (75 %).',
    ])
    expect(reasons({ rows: 2_000, new: 2_000, unchanged: 0 })).toEqual([
      'None of the 2,000 rows has a key that is known.',
    ])
    expect(reasons({ rows: 2_000, unchanged: 2_000, columns: ['other'] })).toEqual(['Columns are gone: id, name.'])
    expect(tripped({ columns: undefined }, { ...guards, columns: false })).toEqual([])
    const ten = {
      run: 'r1',
      isLatest: true,
      survey: survey({ columns: Array.from({ length: 10 }, (_, at) => `c${at}`) }),
    }
    expect(checkGuards(survey(), ten, guards)[0]?.reason).toBe(
      'Columns are gone: c0, c1, c2, c3, c4, c5, c6, c7, c8, c9.',
    )
    const wide = {
      run: 'r1',
      isLatest: true,
      survey: survey({ columns: Array.from({ length: 12 }, (_, at) => `c${at + 1}`) }),
    }
    expect(checkGuards(survey(), wide, guards)).toMatchObject([
      { guard: 'columns', reason: 'Columns are gone: c1, c2, c3, c4, c5, c6, c7, c8, c9, c10 and 2 more.' },
    ])
    expect(sameFileViolation('r1')).toEqual({
      guard: 'same_file',
      reason: 'This very file was imported before, by run r1.',
    })
  })
  test('go by no columns where one of the files has none, as JSON Lines', () => {
    expect(tripped({ columns: undefined })).toEqual(['columns'])
    const last = { run: 'r', survey: survey({ columns: undefined }), isLatest: true }
    expect(checkGuards(survey(), last, guards)).toEqual([])
  })
  test('go by the last file of which something was done', () => {
    const home = temporaryFolder()
    const store = openStore(home, 'nightly')
    onTestFinished(() => store.close())
    const finish = (run: string, found: Survey, problems: number) =>
      addExecution(store, { startedAt: 0, outcome: 'finished', run, survey: found, problems })
    finish('all-invalid', survey({ new: 0, unchanged: 0, invalid: 100 }), 100)
    expect(lastGood(store)).toBeUndefined()
    finish('good', survey(), 99)
    expect(lastGood(store)).toMatchObject({ run: 'good', isLatest: true })
    finish('without-rows', survey({ rows: 0, unchanged: 0 }), 0)
    expect(lastGood(store)).toMatchObject({ run: 'without-rows', isLatest: true })
    finish('good-again', survey(), 0)
    finish('all-rejected', survey({ rows: 10, changed: 10, unchanged: 0 }), 10)
    const last = lastGood(store)
    expect(last).toMatchObject({ run: 'good-again', isLatest: false })
    // The file that is right again differs in every row from what was rejected; how many rows it has is told by the other.
    expect(checkGuards(survey({ changed: 100, unchanged: 0 }), last, guards)).toEqual([])
    expect(checkGuards(survey({ rows: 10, changed: 10, unchanged: 0 }), last, guards)).toMatchObject([
      { guard: 'fewer_rows', reason: expect.stringContaining('of run good-again') },
    ])
  })
  test('are off where they are off, but for an empty file', () => {
    const off = {
      empty: true,
      fewerRows: Infinity,
      changed: Infinity,
      columns: false,
      sameFile: false,
      lookalikes: false,
      older: false,
    }
    expect(tripped({ rows: 1, unchanged: 0, changed: 1, columns: [] }, off)).toEqual([])
    expect(tripped({ rows: 0 }, off)).toEqual(['empty'])
  })
})

describe('events', () => {
  test('of a good execution are that it finished', () => expect(events(finished(1), [], 0.01)).toEqual(['finished']))
  test('of one above the threshold, the problems', () => expect(events(finished(2), [], 0.01)).toEqual(['problems']))
  test('of the same trouble again are none, of other trouble are', () => {
    expect(events({ kind: 'missed' }, ['missed'], 0.01)).toEqual([])
    expect(events({ kind: 'guard', guard: 'empty' }, ['missed', 'guard columns'], 0.01)).toEqual(['guard'])
  })
  test('of trouble are told with what tells it from other trouble', () => {
    const halted = { kind: 'halted', reason: 'The host is away.' } as const
    expect(eventsOf(halted, [], 0.01)).toEqual([{ event: 'halted', incident: 'halted The host is away.' }])
    expect(eventsOf(halted, ['halted The host is away.'], 0.01)).toEqual([])
    expect(events(halted, ['halted Credentials are refused.'], 0.01)).toEqual(['halted'])
    for (const end of [{ kind: 'guard', guard: 'columns' }, { kind: 'missed' }, finished(2)] as const) {
      const [event] = eventsOf(end, [], 0.01)
      expect(eventsOf(end, [event?.incident ?? ''], 0.01)).toEqual([])
      expect(eventsOf(end, ['another'], 0.01)).toEqual([event])
    }
    expect(events({ kind: 'guard', guard: 'columns' }, ['guard empty'], 0.01)).toEqual(['guard'])
    // These stand in the databases of syncs.
    expect(eventsOf({ kind: 'guard', guard: 'columns' }, [], 0.01)).toMatchObject([{ incident: 'guard columns' }])
    expect(eventsOf({ kind: 'missed' }, [], 0.01)).toMatchObject([{ incident: 'missed' }])
    expect(eventsOf(finished(2), [], 0.01)).toMatchObject([{ incident: 'problems' }])
  })
  test('of the first good execution after trouble are that things have recovered', () => {
    expect(events(finished(0), ['missed'], 0.01)).toEqual(['recovered', 'finished'])
  })
})

const names = (
  files: readonly ReturnType<typeof file>[],
  ready: Parameters<typeof readyFiles>[1]['ready'],
  pattern = '*.csv',
) => readyFiles(files, { pattern, ready, now: 1_000 }).map(({ name }) => name)

describe('an inbox', () => {
  test('gives the oldest first, and those that the pattern means', () => {
    const files = [file('b.csv', 2), file('a.csv', 3), file('c.txt', 1), file('d.csv.part', 1), file('.e.csv', 1)]
    expect(names(files, { kind: 'renamed' })).toEqual(['b.csv', 'a.csv'])
    expect(names(files, { kind: 'renamed' }, '?.*')).toEqual(['c.txt', 'b.csv', 'a.csv'])
  })
  test('waits until a file was unchanged for a while, by either of its times', () => {
    expect(
      names([file('a.csv', 1, 900), file('b.csv', 940), file('c.csv', 960)], { kind: 'unchanged', forMs: 50 }),
    ).toEqual(['a.csv', 'b.csv'])
    expect(names([file('a.csv', 1, 990)], { kind: 'unchanged', forMs: 50 })).toEqual([])
  })
  test('or until its marker is there', () => {
    const files = [file('a.csv', 1), file('a.csv.ok', 2), file('b.csv', 2), file('b.ok', 2), file('c.csv', 3)]
    expect(names(files, { kind: 'marker', ending: '.ok' }, '*')).toEqual(['a.csv', 'b.csv'])
  })
})

test('a time to come is not waited for', () => {
  const folder = temporaryFolder()
  const path = join(folder, 'ahead.csv')
  writeFileSync(path, '')
  utimesSync(path, 4_000_000_000, 4_000_000_000)
  const now = Date.now() + 1_000
  const files = readyFiles(listInbox(folder), { pattern: '*', ready: { kind: 'unchanged', forMs: 500 }, now })
  expect(files.map(({ name }) => name)).toEqual(['ahead.csv'])
})

test('old things go, but for the latest', () => {
  const items = [1, 2, 3, 4, 5].map((at) => ({ at: at * 100 }))
  const gone = (keep: Parameters<typeof toPrune>[1], now = 500) => toPrune(items, keep, now).map(({ at }) => at)
  expect(gone({ forMs: 200, atLeast: 1, atMost: 10 })).toEqual([100, 200])
  expect(gone({ forMs: 200, atLeast: 4, atMost: 10 })).toEqual([100])
  expect(gone({ forMs: 10_000, atLeast: 1, atMost: 2 })).toEqual([100, 200, 300])
})
