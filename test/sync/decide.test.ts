import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Remembered, STATE, STEP, type State, decide } from '../../src/sync/decide.ts'

const known = (changes: Partial<Remembered> = {}): Remembered => ({
  register: 'r1',
  registerState: STATE.done,
  link: 'l1',
  linkState: STATE.done,
  ...changes,
})
const row = (register: string, link: string) => ({ register, link })

/** What is remembered of a lane, which the row perhaps did not ask for. */
const lane = (hashes: readonly string[]) =>
  fc.oneof(
    fc.constant(['', STATE.none] as const),
    fc.tuple(fc.constantFrom(...hashes), fc.constantFrom(STATE.done, STATE.rejected, STATE.open)),
  )

describe('what is done with a row tonight', () => {
  test.for([
    ['new', [], row('r1', 'l1'), 'new', STEP.send, STEP.send],
    ['the same', [known()], row('r1', 'l1'), 'unchanged', STEP.unchanged, STEP.unchanged],
    ['registered and changed', [known()], row('r2', 'l1'), 'changed', STEP.registered, STEP.unchanged],
    ['another link', [known()], row('r1', 'l2'), 'changed', STEP.unchanged, STEP.send],
    ['both changed', [known()], row('r2', 'l2'), 'changed', STEP.registered, STEP.send],
    ['no registration any more', [known()], row('', 'l1'), 'changed', STEP.none, STEP.unchanged],
    [
      'only ever linked',
      [known({ register: '', registerState: STATE.none })],
      row('', 'l1'),
      'unchanged',
      STEP.none,
      STEP.unchanged,
    ],
    [
      'rejected, and never to be linked',
      [known({ registerState: STATE.rejected, link: '', linkState: STATE.none })],
      row('r1', ''),
      'unchanged',
      STEP.rejected,
      STEP.none,
    ],
    ['no link any more', [known()], row('r1', ''), 'changed', STEP.unchanged, STEP.none],
    [
      'failed before',
      [known({ registerState: STATE.open, linkState: STATE.open })],
      row('r1', 'l1'),
      'unchanged',
      STEP.send,
      STEP.send,
    ],
    ['link failed before', [known({ linkState: STATE.open })], row('r1', 'l1'), 'unchanged', STEP.unchanged, STEP.send],
    [
      'rejected before',
      [known({ registerState: STATE.rejected, linkState: STATE.open })],
      row('r1', 'l1'),
      'unchanged',
      STEP.rejected,
      STEP.unregistered,
    ],
    [
      'rejected, and another link',
      [known({ registerState: STATE.rejected, linkState: STATE.open })],
      row('r1', 'l2'),
      'changed',
      STEP.rejected,
      STEP.unregistered,
    ],
    [
      'rejected, and mended',
      [known({ registerState: STATE.rejected, linkState: STATE.open })],
      row('r2', 'l1'),
      'changed',
      STEP.send,
      STEP.send,
    ],
    [
      'link rejected before',
      [known({ linkState: STATE.rejected })],
      row('r1', 'l1'),
      'unchanged',
      STEP.unchanged,
      STEP.rejected,
    ],
    [
      'the second of two rows of one key',
      [known(), known({ register: 'r2' })],
      row('r2', 'l1'),
      'unchanged',
      STEP.unchanged,
      STEP.unchanged,
    ],
  ] as const)('%s', ([, entries, now, change, register, link]) => {
    expect(decide(entries, now, 'changed')).toEqual({ change, register, link })
  })

  test('retry_rejected: always sends what was rejected', () => {
    const entry = known({ registerState: STATE.rejected, linkState: STATE.rejected })
    expect(decide([entry], row('r1', 'l1'), 'always')).toMatchObject({ register: STEP.send, link: STEP.send })
  })

  test('a lane has no step exactly where the row does not ask for it, whatever is remembered', () => {
    const entry = fc
      .tuple(lane(['r1', 'r2']), lane(['l1', 'l2']))
      .map(([[register, registerState], [link, linkState]]) => ({ register, registerState, link, linkState }))
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 3 }),
        fc.constantFrom('r1', ''),
        fc.constantFrom('l1', ''),
        fc.constantFrom('changed' as const, 'always' as const),
        (entries, register, link, retry) => {
          const decision = decide(entries, { register, link }, retry)
          expect([decision.register === STEP.none, decision.link === STEP.none]).toEqual([register === '', link === ''])
        },
      ),
    )
  })

  test('nothing that is done is sent, and nobody who is registered is registered again', () => {
    const state = fc.constantFrom<State>(STATE.done, STATE.rejected, STATE.open)
    const entry = fc.record({
      register: fc.constantFrom('r1', 'r2'),
      registerState: state,
      link: fc.constantFrom('l1', 'l2'),
      linkState: state,
    })
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 3 }),
        fc.constantFrom('r1', 'r2', 'r3'),
        fc.constantFrom('l1', 'l2', ''),
        fc.constantFrom('changed' as const, 'always' as const),
        (entries, register, link, retry) => {
          const decision = decide(entries, { register, link }, retry)
          const isRegistered = entries.some(({ registerState }) => registerState === STATE.done)
          if (isRegistered) expect(decision.register).not.toBe(STEP.send)
          if (entries.some((known_) => known_.link === link && known_.linkState === STATE.done)) {
            expect(decision.link).not.toBe(STEP.send)
          }
          // A link goes out alone only for a member who is there.
          if (decision.link === STEP.send && decision.register !== STEP.send) expect(isRegistered).toBe(true)
        },
      ),
    )
  })
})
