import { describe, expect, test } from 'vitest'
import { doubtsAbout } from '../../src/sync/guards.ts'
import { readyFiles } from '../../src/sync/inbox.ts'
import { newsOf } from '../../src/sync/news.ts'
import type { Survey } from '../../src/sync/survey.ts'
import { toPrune } from '../../src/sync/to-prune.ts'

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
const guards = { fewerRows: 0.3, changed: 0.5, columns: true, sameFile: true }
const tripped = (now: Partial<Survey>, limits = guards) =>
  doubtsAbout(survey(now), { run: 'r', survey: survey() }, limits).map(({ guard }) => guard)

const finished = (problems: number) => ({ kind: 'finished', problems, rows: 100 }) as const
const events = (...given: Parameters<typeof newsOf>) => newsOf(...given).map(({ event }) => event)
const file = (name: string, modifiedAt: number, changedAt = modifiedAt) => ({ name, size: 1, modifiedAt, changedAt })

describe('guards', () => {
  test('let the first file and a usual one pass', () => {
    expect(doubtsAbout(survey({ unchanged: 0, new: 100 }), undefined, guards)).toEqual([])
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
  test('are off where they are off, but for an empty file', () => {
    const off = { fewerRows: Infinity, changed: Infinity, columns: false, sameFile: false }
    expect(tripped({ rows: 1, unchanged: 0, changed: 1, columns: [] }, off)).toEqual([])
    expect(tripped({ rows: 0 }, off)).toEqual(['empty'])
  })
})

describe('news', () => {
  test('of a good night are that it finished', () => expect(events(finished(1), [], 0.01)).toEqual(['finished']))
  test('of one above the threshold, the problems', () => expect(events(finished(2), [], 0.01)).toEqual(['problems']))
  test('of the same trouble again are none, of other trouble are', () => {
    expect(events({ kind: 'missed' }, ['missed'], 0.01)).toEqual([])
    expect(events({ kind: 'guard', guard: 'empty' }, ['missed', 'guard columns'], 0.01)).toEqual(['guard'])
  })
  test('of the first good night after trouble are that things have recovered', () => {
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

test('old things go, but for the latest', () => {
  const items = [1, 2, 3, 4, 5].map((at) => ({ at: at * 100 }))
  const gone = (keep: Parameters<typeof toPrune>[1], now = 500) => toPrune(items, keep, now).map(({ at }) => at)
  expect(gone({ forMs: 200, atLeast: 1, atMost: 10 })).toEqual([100, 200])
  expect(gone({ forMs: 200, atLeast: 4, atMost: 10 })).toEqual([100])
  expect(gone({ forMs: 10_000, atLeast: 1, atMost: 2 })).toEqual([100, 200, 300])
})
