import { describe, expect, test } from 'vitest'
import type { Outcome, ProgramOutcome, SideEffect } from '../../src/model.ts'
import { type Verdict, verdictOf } from '../../src/report/verdict.ts'
import { outcome } from '../ledger/samples.ts'

const register = (more: Partial<Outcome> = {}) => outcome(1, { requestId: 'req-register', ...more })
const link = (more: Partial<Outcome> = {}) =>
  outcome(1, { lane: 'link', result: 'linked', requestId: 'req-link', finishedAt: '2026-11-05T04:13:00.000Z', ...more })
const rejected = { status: 'rejected', result: 'rejected', code: 8017, message: 'No such program.' } as const

/** The verdict on a row with these outcomes. */
function of(...outcomes: readonly Outcome[]): Verdict {
  return verdictOf({ status: 'ok', outcomes: Object.fromEntries(outcomes.map((own) => [own.lane, own])) })
}

describe('of a row’s lanes', () => {
  test('the worst decides, of equals the one that has something to say, and the registration first', () => {
    expect(of(register(), link(rejected)).lane).toBe('link')
    expect(of(register(rejected), link({ status: 'failed' })).lane).toBe('register')
    expect(of(register(), link()).lane).toBe('register')
    expect(of(register(), link({ message: 'Already linked.' })).lane).toBe('link')
    expect(of(register(), link({ code: 0 })).lane).toBe('link')
    expect(of().lane).toBeUndefined()
  })

  test('attempts are counted together, the customer id is the first, and the end the last', () => {
    const verdict = verdictOf({
      status: 'rejected',
      outcomes: {
        register: register({ attempts: 2, customerId: '7' }),
        link: link({ ...rejected, attempts: 3, customerId: '8', hint: 'Ask for it.' }),
      },
    })
    expect(verdict).toEqual({
      customerId: '7',
      attempts: 5,
      lane: 'link',
      code: '8017',
      message: 'No such program.',
      hint: 'Ask for it.',
      requestId: 'req-link',
      warnings: '',
      sideEffects: '',
      finishedAt: '2026-11-05T04:13:00.000Z',
    })
    const { finishedAt, customerId } = verdictOf({
      status: 'ok',
      outcomes: { register: register({ finishedAt: '2026-11-06T00:00:00.000Z' }), link: link({ customerId: '8' }) },
    })
    expect([finishedAt, customerId]).toEqual(['2026-11-06T00:00:00.000Z', '8'])
  })

  test('an open row has no end, and one without an outcome nothing to say', () => {
    expect(verdictOf({ status: undefined, outcomes: { register: register() } })).toMatchObject({ finishedAt: '' })
    expect(verdictOf({ status: undefined, outcomes: {} })).toEqual({
      customerId: '',
      attempts: 0,
      lane: undefined,
      code: '',
      message: '',
      hint: '',
      requestId: '',
      warnings: '',
      sideEffects: '',
      finishedAt: '',
    })
  })

  test('what was confirmed says so, and of the lane that did not decide, which', () => {
    const confirmed = register({ confirmed: true })
    expect(of(confirmed).message).toBe('confirmed after a lost reply')
    const said = { ...confirmed, message: 'Confirmed after a lost reply: exists (8006)' }
    expect(of(said).message).toBe(said.message)
    expect(of(said, link({ confirmed: true })).message).toBe(`${said.message}; link confirmed after a lost reply`)
    expect(of(said, link(rejected)).message).toBe('No such program.; register confirmed after a lost reply')
    expect(of(confirmed, link(rejected)).message).toBe('No such program.; register confirmed after a lost reply')
  })
})

function message(programs: readonly ProgramOutcome[], own?: string): string {
  return of(link({ ...rejected, message: own, programs })).message
}

describe('partner programs', () => {
  const gold: ProgramOutcome = { program: 'Goldstar', result: 'rejected', code: 2001, message: 'No such tier.' }
  const blue: ProgramOutcome = { program: 'Bluewing', result: 'failed' }
  const done: ProgramOutcome = { program: 'Silver', result: 'linked' }

  test('that are not linked are told by name, where the message does not name them', () => {
    expect(message([gold, blue, done])).toBe('Goldstar: 2001 No such tier.; Bluewing: failed')
    expect(message([gold, done], 'Partly done.')).toBe('Partly done.; Goldstar: 2001 No such tier.')
    expect(message([gold, done], 'Goldstar has no such tier.')).toBe('Goldstar has no such tier.')
    expect(message([gold, done], 'No such tier.')).toBe('Goldstar: 2001 No such tier.')
  })

  test('that stand alone need no name, but for one that would say nothing', () => {
    expect(message([gold], 'It is refused.')).toBe('It is refused.')
    expect(message([gold])).toBe('Goldstar: 2001 No such tier.')
    expect(message([done], 'All is well.')).toBe('All is well.')
  })
})

test('warnings and side effects are told lane by lane', () => {
  const effects: readonly SideEffect[] = [
    { kind: 'points', awarded: 75 },
    { kind: 'coupon', code: 'JQ8', validTill: '2025-07-29T00:00:00Z' },
    { kind: 'coupon', code: 'JQ9' },
    { kind: 'coupon', code: 'JQ0', validTill: 'soon' },
    { kind: 'alternate_currency', name: 'ac1', awarded: 110 },
    { kind: 'unknown', type: 'badge', raw: null },
  ]
  const verdict = verdictOf({
    status: 'ok',
    outcomes: {
      register: register({ warnings: [{ code: 8107, message: 'No label', lossy: false }], sideEffects: effects }),
      link: link({ warnings: [{ message: 'Late', lossy: true }] }),
    },
  })
  expect(verdict.warnings).toBe('8107 No label; Late')
  expect(verdict.sideEffects).toBe(
    'points 75; coupon JQ8 until 2025-07-29; coupon JQ9; coupon JQ0 until soon; alternate_currency ac1 110; badge',
  )
})

test('of a row that is done, what is to be done about a doubtful value is said, and the value once', () => {
  const doubtful = { message: 'dob: "2058-01-31" is after today', lossy: false, ours: true, doubt: true } as const
  const warnings = [{ ...doubtful, hint: 'Look at it.' }]
  expect(of(register({ warnings }), link({ warnings }))).toMatchObject({
    warnings: doubtful.message,
    hint: 'Look at it.',
  })
  // Of one that is not, the hint says what to do about its code.
  expect(of(register({ ...rejected, warnings }))).toMatchObject({ warnings: doubtful.message, hint: '' })
})

test('so is what to do about what was lost, by its code, where its lane says nothing', () => {
  const dropped = outcome(1, { lane: 'update', warnings: [{ code: 8055, message: 'Invalid email', lossy: true }] })
  expect(of(dropped).hint).toContain('Correct the e-mail address')
  expect(of({ ...dropped, hint: 'Its own.' }).hint).toBe('Its own.')
  expect(of(register({ warnings: [{ code: 8107, message: 'No label', lossy: false }] })).hint).toBe('')
})
