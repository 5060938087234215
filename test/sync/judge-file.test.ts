import { describe, expect, test } from 'vitest'
import { datedName, isSurelyOlder } from '../../src/sync/dated-name.ts'
import { olderViolation } from '../../src/sync/judge-file.ts'
import type { Survey } from '../../src/sync/survey.ts'

const survey: Survey = {
  rows: 9,
  new: 0,
  changed: 1,
  unchanged: 8,
  invalid: 0,
  gone: 0,
  sends: 1,
  columns: undefined,
}
const NOON = Date.UTC(2026, 11, 2, 12)
const imported = (file: string, modifiedAt?: number) => ({ file, run: 'r-1', survey: { ...survey, modifiedAt } })

describe('the date in a name', () => {
  test.each([
    ['members-20261201.csv', 'members-20261202.csv'],
    ['2026-11-30_members.csv', '2026-12-01_members.csv'],
    ['members.2026.11.30.csv', 'members.2026.12.01.csv'],
    ['members_20261201_0230.csv', 'members_20261201_1430.csv'],
    ['members_20261201T023000.csv', 'members_20261201T023001.csv'],
    ['members-20261201023000.csv', 'members-20261202023000.csv'],
    ['members-30.11.2026.csv', 'members-31.12.2026.csv'],
    ['members-31122026.csv', 'members-15012027.csv'],
    ['from-20261101-to-20261130.csv', 'from-20261101-to-20261201.csv'],
  ])('%s is older than %s, and not the other way round', (one, other) => {
    expect([isOlder(one, other), isOlder(other, one), isOlder(one, one)]).toEqual([true, false, false])
  })

  test.each([
    ['no date', 'members-1.csv', 'members-2.csv'],
    ['no day', 'members-20261301.csv', 'members-20261302.csv'],
    ['a number that is longer', 'members-2026120112345.csv', 'members-2026120212345.csv'],
    ['another series', 'store12-20261201.csv', 'store15-20261202.csv'],
    // The 2nd of January or the 1st of February, the 3rd of January or the 1st of March.
    ['a day that may be either', 'members-01.02.2026.csv', 'members-03.01.2026.csv'],
  ])('tells nothing of %s', (_, one, other) => {
    expect([isOlder(one, other), isOlder(other, one)]).toEqual([false, false])
  })
})

describe('a file that is older than one that was imported', () => {
  test('is told by the dates of their names, whenever they were written', () => {
    const last = [imported('other.csv', NOON), imported('m-20261202.csv', NOON - 9)]
    const violation = olderViolation(
      { name: 'm-20261201.csv', survey: { ...survey, modifiedAt: NOON } },
      last,
      'changes',
    )
    expect(violation).toEqual({
      guard: 'older',
      reason:
        'The file seems older than the one that was imported last (run r-1): its name says 20261201, and that of ' +
        'm-20261202.csv says 20261202. It would put members back to what they were.',
    })
    const newer = { name: 'm-20261203.csv', survey: { ...survey, modifiedAt: 0 } }
    expect(olderViolation(newer, last, 'everyone')).toBeUndefined()
  })

  test('or by when they were written', () => {
    const older = { name: 'new.csv', survey: { ...survey, modifiedAt: NOON - 1000 } }
    expect(olderViolation(older, [imported('m.csv', NOON)], 'everyone')?.reason).toContain(
      'it was last written 2026-12-02 11:59:59 UTC, and m.csv 2026-12-02 12:00:00 UTC',
    )
    // Of changes, those of another name have another pace.
    expect(olderViolation(older, [imported('m.csv', NOON)], 'changes')).toBeUndefined()
    expect(olderViolation(older, [imported('new.csv', NOON)], 'changes')?.guard).toBe('older')
  })

  test('is fine where it changes nothing, or nobody knows when either was written', () => {
    const still = { ...survey, changed: 0, modifiedAt: 1 }
    expect(olderViolation({ name: 'm.csv', survey: still }, [imported('m.csv', NOON)], 'everyone')).toBeUndefined()
    expect(olderViolation({ name: 'm.csv', survey }, [imported('m.csv', NOON)], 'everyone')).toBeUndefined()
    const known = { ...survey, modifiedAt: 1 }
    expect(olderViolation({ name: 'm.csv', survey: known }, [imported('m.csv')], 'everyone')).toBeUndefined()
    expect(olderViolation({ name: 'm.csv', survey: known }, [], 'everyone')).toBeUndefined()
  })
})

function isOlder(one: string, other: string): boolean {
  const [first, second] = [datedName(one), datedName(other)]
  return first !== undefined && second !== undefined && isSurelyOlder(first, second)
}
