import { describe, expect, test } from 'vitest'
import type { HaltVerdict } from '../../src/capillary/verdict.ts'
import { type RefusalContext, afterRefusal } from '../../workers/after-refusal.ts'
import type { Standstill } from '../../workers/lane-health.ts'
import type { OpenRow } from '../../workers/open-row.ts'

const page: HaltVerdict = {
  kind: 'halt',
  about: 'request',
  byGateway: true,
  code: 403,
  reason: 'HTTP 403 with a page instead of JSON: "Request blocked"',
  remedy: 'Ask for access.',
}
const words: HaltVerdict = { ...page, byGateway: false, reason: 'HTTP 403: Access is denied!' }
const row: OpenRow = { row: 1, request: { body: {} }, sent: 1, attempts: 0 }
const refusedBefore: OpenRow = { ...row, refused: 0, refusedAt: 1_000 }

interface Situation {
  readonly fewLeft?: boolean
  /** When anybody was answered last, in ms before now. */
  readonly answeredAgoMs?: number
  readonly standstill?: Partial<Standstill>
  readonly answeredBefore?: boolean
}

function context({ answeredAgoMs, standstill, answeredBefore, fewLeft = false }: Situation): RefusalContext {
  const now = 60_000
  const answeredAt = answeredAgoMs === undefined ? undefined : now - answeredAgoMs
  const nothing = { kind: 'refused', reason: '', since: 0, forMs: 0, heardMs: 0, confirmed: true } as const
  return {
    now,
    fewLeft,
    settings: { onExists: 'ok', retryAttempts: 4, retryForMs: 1, outageMs: 1, answered: answeredBefore },
    backoffMs: (attempt) => attempt * 100,
    health: {
      standstill: () => standstill && { ...nothing, refusals: 1, refusedRows: 1, repeats: 0, ...standstill },
      answeredSince: (at) => answeredAt !== undefined && answeredAt > at,
      hasAnswered: () => answeredAt !== undefined,
    },
  }
}

const end = (verdict: HaltVerdict, situation: Situation, given = row) =>
  afterRefusal(given, verdict, context(situation))
/** Ten seconds in which nobody was answered. */
const long = { refusals: 9, forMs: 10_000 }

describe('a row that is refused', () => {
  test('for the first time goes again, and has lost nothing', () => {
    const again = end(page, { answeredAgoMs: 5 })
    expect(again).toMatchObject({ kind: 'again', row: { attempts: 0, refused: 0, refusedAt: 60_000, dueAt: 60_100 } })
  })

  test('while others are answered is refused for what it holds: as often as the plan tries, and then it has failed', () => {
    let given: OpenRow = refusedBefore
    for (let time = 1; time < 4; time += 1) {
      const again = end(page, { answeredAgoMs: 5 }, { ...given, refusedAt: 1_000 })
      if (again.kind !== 'again') throw new Error(`it was given up after ${time}`)
      expect(again.row).toMatchObject({ refused: time, attempts: 0 })
      given = again.row
    }
    expect(end(page, { answeredAgoMs: 5 }, { ...given, refusedAt: 1_000 })).toEqual({
      kind: 'final',
      verdict: {
        kind: 'final',
        result: 'failed',
        status: 'failed',
        code: 403,
        message: 'No final answer: HTTP 403 with a page instead of JSON: "Request blocked"',
        hint: expect.stringContaining('firewall'),
        warnings: [],
        sideEffects: [],
        requestId: undefined,
      },
    })
  })

  test('loses nothing while nobody is answered', () => {
    expect(end(page, { standstill: { refusals: 3 } }, refusedBefore)).toMatchObject({
      kind: 'again',
      row: { refused: 0, dueAt: 60_300 },
    })
  })

  test('is refused for what it holds as well where few are left of a run that was answered', () => {
    const last = { fewLeft: true, standstill: { ...long, refusedRows: 9 } }
    expect(end(page, last, refusedBefore)).toMatchObject({ kind: 'again', row: { refused: 1 } })
    expect(end(page, last, { ...refusedBefore, refused: 3 })).toMatchObject({ kind: 'final', verdict: { code: 403 } })
  })

  test('by its credentials, which serve others, is refused for what it holds at once', () => {
    expect(end({ ...words, code: 401 }, {})).toMatchObject({ kind: 'again', row: { refused: 1 } })
  })

  test('by its credentials four times may be chance, where many are; five times is what it holds', () => {
    const credentials = { ...words, code: 401 }
    expect(end(credentials, {}, { ...row, refused: 3 })).toMatchObject({ kind: 'again', row: { refused: 4 } })
    expect(end(credentials, {}, { ...row, refused: 4 })).toMatchObject({ kind: 'final', verdict: { code: 401 } })
  })
})

describe('a lane on which everybody is refused for a while', () => {
  test.each([
    ['several rows, and others to come', page, { ...long, refusedRows: 3 }, false, 'halt'],
    ['several rows of a run that was answered before', page, { ...long, refusedRows: 3 }, true, 'halt'],
    ['not for long yet', page, { ...long, forMs: 9_999, refusedRows: 3 }, false, 'again'],
    ['not often yet', page, { ...long, refusals: 4, refusedRows: 3 }, false, 'again'],
    ['two rows, and perhaps others to come', page, { ...long, refusedRows: 2, repeats: 3 }, true, 'again'],
    ['all that is left of a run that was answered', page, { ...long, refusedRows: 5, repeats: 4 }, true, 'final'],
    ['all that is left, by the API itself', words, { ...long, refusedRows: 1, repeats: 4 }, true, 'final'],
    ['all that there is, by the API itself', words, { ...long, refusedRows: 1, repeats: 4 }, false, 'halt'],
    ['all that there is, by a firewall', page, { ...long, refusedRows: 2, repeats: 4 }, false, 'final'],
    ['all of several, by a firewall', page, { ...long, refusedRows: 3, repeats: 4 }, false, 'halt'],
    ['an outage', page, { ...long, kind: 'failed', refusedRows: 3 }, false, 'again'],
  ] as const)('%s', (_what, verdict, standstill, answeredBefore, expected) => {
    expect(end(verdict, { standstill, answeredBefore }).kind).toBe(expected)
  })
})

describe('a verdict on the account', () => {
  const account: HaltVerdict = { ...words, about: 'account', code: 401 }

  test('halts the run', () => {
    expect(end(account, { answeredAgoMs: 5 }).kind).toBe('halt')
    expect(end({ ...account, sole: true }, {}).kind).toBe('halt')
  })

  test('that is based on rows alone which are all that is left of a run that was answered, is one on them', () => {
    expect(end({ ...account, sole: true }, { answeredAgoMs: 5 })).toMatchObject({
      kind: 'final',
      verdict: { status: 'failed', code: 401 },
    })
    expect(end({ ...account, sole: true }, { answeredBefore: true }).kind).toBe('final')
  })
})
