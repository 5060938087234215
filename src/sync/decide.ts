/** What is kept of a lane of a row. */
export const STATE = {
  none: 0,
  done: 1,
  rejected: 2,
  open: 3,
  /** Not sent, because another row of the file is of the same member. */
  repeated: 4,
} as const

/** What tonight is done with a lane of a row. */
export const STEP = {
  /** The row does not ask for it. */
  none: 0,
  send: 1,
  /** Unchanged, and done before. */
  unchanged: 2,
  /** Unchanged, and rejected before: it would be rejected again. */
  rejected: 3,
  /** The member is registered, and the row has changed since: the API has no way to update it. */
  registered: 4,
  /** Not linked, because the member is still not registered. */
  unregistered: 5,
  /** Unchanged, and not sent before for another row's sake. */
  repeated: 6,
} as const

export type State = (typeof STATE)[keyof typeof STATE]
export type Step = (typeof STEP)[keyof typeof STEP]

/** A row that was met before under the same key: each lane's request by its hash (empty: none), and its state. */
export interface Remembered {
  readonly register: string
  readonly registerState: State
  readonly link: string
  readonly linkState: State
}

export interface Decision {
  readonly change: 'new' | 'changed' | 'unchanged'
  readonly register: Step
  readonly link: Step
}

/**
 * What is done with a row tonight, by what is remembered of its key (several rows may have one key). Pure: asked again
 * after a crash, it says the same.
 */
export function decide(
  known: readonly Remembered[],
  row: Pick<Remembered, 'register' | 'link'>,
  retryRejected: 'changed' | 'always',
): Decision {
  const same = known.find((entry) => entry.register === row.register && entry.link === row.link)
  const change = known.length === 0 ? 'new' : same === undefined ? 'changed' : 'unchanged'
  const register = registerStep(known, row.register, retryRejected)
  return { change, register, link: row.link === '' ? STEP.none : linkStep(known, row.link, register, retryRejected) }
}

function registerStep(known: readonly Remembered[], hash: string, retryRejected: 'changed' | 'always'): Step {
  if (hash === '') return STEP.none
  const step = stepOf(
    known.filter(({ register }) => register === hash).map(({ registerState }) => registerState),
    retryRejected,
  )
  if (step !== STEP.send) return step
  return known.some(({ registerState }) => registerState === STATE.done) ? STEP.registered : STEP.send
}

function linkStep(
  known: readonly Remembered[],
  hash: string,
  register: Step,
  retryRejected: 'changed' | 'always',
): Step {
  if (register === STEP.rejected) return STEP.unregistered
  if (register === STEP.repeated) return STEP.repeated
  return stepOf(
    known.filter(({ link }) => link === hash).map(({ linkState }) => linkState),
    retryRejected,
  )
}

/** `states`: of the very same request. */
function stepOf(states: readonly State[], retryRejected: 'changed' | 'always'): Step {
  if (states.includes(STATE.done)) return STEP.unchanged
  if (states.includes(STATE.repeated)) return STEP.repeated
  return states.includes(STATE.rejected) && retryRejected === 'changed' ? STEP.rejected : STEP.send
}
