import type { Lane, Subject } from '../lanes/lane.ts'
import type { LaneName, Outcome } from '../model.ts'
import { type AskedLane, isSameAsks, parseAsks } from './asks.ts'

/** What is kept of a lane of a row: a digit each. */
export const STATE = {
  done: '1',
  rejected: '2',
  open: '3',
  /** Not sent, because another row of the file is of the same member. */
  repeated: '4',
} as const

/** What is done now with a lane of a row: a digit each. */
export const STEP = {
  send: '1',
  /** Unchanged, and done before. */
  unchanged: '2',
  /** Unchanged, and rejected before: it would be rejected again. */
  rejected: '3',
  /** Done, and changed since: the API has no way to change it. */
  cannotChange: '4',
  /** What an earlier lane's rejection keeps the row from. */
  blocked: '5',
  /** Unchanged, and not sent before for another row's sake. */
  repeated: '6',
  /** Done, and changed since: another lane sends what has changed. */
  takenOver: '7',
  /** The same, but for what no lane changes of a member who is there: it has changed as well. */
  partly: '8',
} as const

export type State = (typeof STATE)[keyof typeof STATE]
export type Step = (typeof STEP)[keyof typeof STEP]

/** A row that was met before under the same key. */
export interface Remembered {
  /** What it asked for (`asksText`). */
  readonly asks: string
  /** How far that has come: a state for each lane in it. */
  readonly states: string
}

export interface Decision {
  readonly change: 'new' | 'changed' | 'unchanged'
  /** A step for each lane that the row asks for. */
  readonly steps: string
}

/** What of a lane decides on a row's steps. */
export type SyncedLane = Pick<Lane, 'name' | 'subject' | 'sync' | 'blockedBy'>

export interface DecideOptions {
  readonly retryRejected: 'changed' | 'always'
  readonly laneNamed: (name: LaneName) => SyncedLane
}

/**
 * What is done with a row now, by what is remembered of its key (several rows may have one key). Pure: asked again
 * after a crash, it says the same.
 */
export function decide(known: readonly Remembered[], asks: string, options: DecideOptions): Decision {
  const asked = parseAsks(asks)
  if (known.length === 0) return { change: 'new', steps: STEP.send.repeat(asked.length) }
  const same = known.find((entry) => isSameAsks(entry.asks, asks))
  // Most rows are as they were, and done.
  if (same !== undefined && same.states === STATE.done.repeat(asked.length)) {
    return { change: 'unchanged', steps: STEP.unchanged.repeat(asked.length) }
  }
  const remembered = known.map(({ asks: text, states }) => ({ lanes: parseAsks(text), states }))
  const steps: { readonly lane: SyncedLane; step: Step; readonly asked: AskedLane }[] = []
  for (const each of asked) {
    const lane = options.laneNamed(each.lane)
    steps.push({ lane, asked: each, step: stepOf(each, lane, { remembered, earlier: steps, options }) })
  }
  for (const [at, each] of steps.entries()) {
    const later = steps.slice(at + 1).filter(({ lane }) => lane.subject === each.lane.subject)
    if (each.step !== STEP.cannotChange || !later.some(({ step }) => step === STEP.send)) continue
    each.step = isFixedAsBefore(each.asked, remembered) ? STEP.takenOver : STEP.partly
  }
  return { change: same === undefined ? 'changed' : 'unchanged', steps: steps.map(({ step }) => step).join('') }
}

/** Whether what no lane changes is as it was when it was done. What was not remembered of it says nothing. */
function isFixedAsBefore({ lane, fixed }: AskedLane, remembered: Context['remembered']): boolean {
  const done = remembered.flatMap(({ lanes, states }) =>
    lanes.filter((other, at) => other.lane === lane && states[at] === STATE.done),
  )
  return done.some((other) => other.fixed === undefined || other.fixed === fixed)
}

interface Context {
  readonly remembered: readonly { readonly lanes: readonly AskedLane[]; readonly states: string }[]
  readonly earlier: readonly { readonly lane: SyncedLane; readonly step: Step }[]
  readonly options: DecideOptions
}

function stepOf({ lane: name, hash }: AskedLane, lane: SyncedLane, { remembered, earlier, options }: Context): Step {
  if (lane.blockedBy?.(outcomesOf(earlier)) !== undefined) return STEP.blocked
  if (earlier.some(({ step }) => step === STEP.repeated)) return STEP.repeated
  const entries = remembered.flatMap(({ lanes, states }) => {
    const at = lanes.findIndex((other) => other.lane === name)
    return at < 0 ? [] : [{ isSame: lanes[at]?.hash === hash, state: states[at] }]
  })
  const states = entries.filter(({ isSame }) => isSame).map(({ state }) => state)
  if (states.includes(STATE.done)) return STEP.unchanged
  if (states.includes(STATE.repeated)) return STEP.repeated
  if (states.includes(STATE.rejected) && options.retryRejected === 'changed') return STEP.rejected
  const isDone = entries.some(({ state }) => state === STATE.done)
  return isDone && lane.sync?.cannotChange !== undefined ? STEP.cannotChange : STEP.send
}

/** The earlier lanes' steps as outcomes: what is sent is not known as yet, and what is left out says nothing. */
function outcomesOf(earlier: Context['earlier']) {
  const before: Record<Subject, Pick<Outcome, 'result' | 'status'>[]> = { record: [], links: [] }
  for (const { lane, step } of earlier) {
    if (lane.subject === undefined) continue
    if (step === STEP.rejected) before[lane.subject].push({ result: 'rejected', status: 'rejected' })
    if (step === STEP.unchanged || step === STEP.cannotChange)
      before[lane.subject].push({ result: 'exists', status: 'ok' })
  }
  return before
}
