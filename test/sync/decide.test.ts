import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { laneNamed } from '../../src/lanes/lanes.ts'
import { type Remembered, STATE, STEP, type State, type SyncedLane, decide } from '../../src/sync/decide.ts'

/** A row's requests by their hashes, none where it is empty, and what is remembered of each. */
interface Both {
  readonly register: string
  readonly link: string
}
interface Known extends Both {
  readonly registerState: State | ''
  readonly linkState: State | ''
}

const asksOf = ({ register, link }: Both) =>
  [register && `register:${register}`, link && `link:${link}`].filter((part) => part !== '').join(' ')
const rememberedOf = (entry: Known): Remembered => ({
  asks: asksOf(entry),
  states: `${entry.register && entry.registerState}${entry.link && entry.linkState}`,
})

/** The decision on a row that asks for both lanes, or one of them. */
function decideBoth(entries: readonly Known[], row_: Both, retryRejected: 'changed' | 'always') {
  const { change, steps } = decide(entries.map(rememberedOf), asksOf(row_), { retryRejected, laneNamed })
  const rest = row_.register === '' ? steps : steps.slice(1)
  return { change, register: row_.register === '' ? '' : steps.charAt(0), link: rest }
}

const known = (changes: Partial<Known> = {}): Known => ({
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
    fc.constant(['', ''] as const),
    fc.tuple(fc.constantFrom(...hashes), fc.constantFrom(STATE.done, STATE.rejected, STATE.open)),
  )

describe('what is done with a row tonight', () => {
  test.for([
    ['new', [], row('r1', 'l1'), 'new', STEP.send, STEP.send],
    ['the same', [known()], row('r1', 'l1'), 'unchanged', STEP.unchanged, STEP.unchanged],
    ['registered and changed', [known()], row('r2', 'l1'), 'changed', STEP.cannotChange, STEP.unchanged],
    ['another link', [known()], row('r1', 'l2'), 'changed', STEP.unchanged, STEP.send],
    ['both changed', [known()], row('r2', 'l2'), 'changed', STEP.cannotChange, STEP.send],
    ['no registration any more', [known()], row('', 'l1'), 'changed', '', STEP.unchanged],
    ['only ever linked', [known({ register: '', registerState: '' })], row('', 'l1'), 'unchanged', '', STEP.unchanged],
    [
      'rejected, and never to be linked',
      [known({ registerState: STATE.rejected, link: '', linkState: '' })],
      row('r1', ''),
      'unchanged',
      STEP.rejected,
      '',
    ],
    ['no link any more', [known()], row('r1', ''), 'changed', STEP.unchanged, ''],
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
      STEP.blocked,
    ],
    [
      'rejected, and another link',
      [known({ registerState: STATE.rejected, linkState: STATE.open })],
      row('r1', 'l2'),
      'changed',
      STEP.rejected,
      STEP.blocked,
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
    expect(decideBoth(entries, now, 'changed')).toEqual({ change, register, link })
  })

  test('retry_rejected: always sends what was rejected', () => {
    const entry = known({ registerState: STATE.rejected, linkState: STATE.rejected })
    expect(decideBoth([entry], row('r1', 'l1'), 'always')).toMatchObject({ register: STEP.send, link: STEP.send })
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
          const decision = decideBoth(entries, { register, link }, retry)
          expect([decision.register === '', decision.link === '']).toEqual([register === '', link === ''])
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
          const decision = decideBoth(entries, { register, link }, retry)
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

describe('lanes that see to the same', () => {
  const lanes: Readonly<Record<string, SyncedLane>> = {
    add: { name: 'add', subject: 'record', sync: { cannotChange: { message: 'cannot change' } } },
    change: {
      name: 'change',
      subject: 'record',
      blockedBy: ({ record }) => (record.at(-1)?.result === 'rejected' ? { message: 'not there' } : undefined),
    },
    join: { name: 'join', subject: 'links' },
  }
  const stepsOf = (asks: string, entries: readonly Remembered[]) =>
    decide(entries, asks, { retryRejected: 'changed', laneNamed: (name) => lanes[name] ?? { name } }).steps

  test('what one cannot change, a later one about the same sends', () => {
    const done = { asks: 'add:1 change:1 join:1', states: STATE.done.repeat(3) }
    expect(stepsOf('add:2 change:2 join:1', [done])).toBe(STEP.takenOver + STEP.send + STEP.unchanged)
    expect(stepsOf('add:2 join:2', [{ asks: 'add:1 join:1', states: STATE.done.repeat(2) }])).toBe(
      STEP.cannotChange + STEP.send,
    )
    expect(stepsOf('add:2 change:1', [done])).toBe(STEP.cannotChange + STEP.unchanged)
  })

  test('who is still rejected is not changed either', () => {
    const rejected = { asks: 'add:1 change:1', states: STATE.rejected + STATE.open }
    expect(stepsOf('add:1 change:1', [rejected])).toBe(STEP.rejected + STEP.blocked)
    expect(stepsOf('add:2 change:2', [rejected])).toBe(STEP.send + STEP.send)
  })
})
