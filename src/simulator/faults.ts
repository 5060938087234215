import { UsageError } from '../model.ts'
import type { SimulatorLane } from './lanes.ts'

/**
 * What can go wrong on command.
 * Before anything is done: `lostBefore` (socket destroyed), `http502`, `http503`, `http504`, `http520` (HTML bodies),
 * `http503RetryAfter` (1 second), `error500Body` (HTTP 500 with JSON that is no envelope), `unauthorized` (401, never
 * twice in a row for the same request), `unauthorizedTwice` (401, and 401 again when the same request comes next),
 * `forbiddenPage` (403 and the HTML page of a firewall), `throttled429`, `throttled429RetryAfter` (1 second), `busy521`
 * (a member has another request under way).
 * After everything is done: `lostAfter` (socket destroyed), `resetHalfway` (reset after half of the body),
 * `http504After` (HTML body), `brokenJson` (HTTP 200 with half of the body). `slow` only takes longer; `late` destroys the
 * socket at once, and does a while later what was asked.
 *
 * Of V1 alone, and after everything is done but for the first three: `batch1060`, `batch1060Number` (more than one member
 * is too many, and the message says how many would not be, or does not), `v1AllFailed` (500 with one empty item),
 * `v1Fewer` (an item is missing), `v1Reordered`, `v1Empty` (every other item is `{}`), `v1Bare` (items without
 * identifiers), `v1None` (no items), `v1Loose` (an object for a list of one, numbers for texts and texts for numbers,
 * no `response` around it), `v1Top200` (a whole success, whatever the items say), `v1Top201` (a success in part, likewise),
 * `v1HidesExternalId` (null for the external id).
 * Of what names a customer: `othersId` (the id is that of the customer who was there first, whoever it is about).
 * Of tier updates and unlinks alone: `programsMissing` (the last program of a member is not answered).
 */
export const FAULT_NAMES = [
  'lostBefore',
  'lostAfter',
  'resetHalfway',
  'slow',
  'http502',
  'http503',
  'http503RetryAfter',
  'http504',
  'http504After',
  'http520',
  'error500Body',
  'brokenJson',
  'unauthorized',
  'unauthorizedTwice',
  'forbiddenPage',
  'throttled429',
  'throttled429RetryAfter',
  'busy521',
  'late',
  'batch1060',
  'batch1060Number',
  'v1AllFailed',
  'v1Fewer',
  'v1Reordered',
  'v1Empty',
  'v1Bare',
  'v1None',
  'v1Loose',
  'v1Top200',
  'v1Top201',
  'v1HidesExternalId',
  'programsMissing',
  'othersId',
] as const
export type FaultName = (typeof FAULT_NAMES)[number]

/** The faults that may befall a lane. */
export function faultsOf(lane: SimulatorLane): readonly FaultName[] {
  return FAULT_NAMES.filter((name) => applies(name, lane))
}

/** The probability (0..1) of each fault. At most one befalls a request, so that they add up to at most 1. */
export type Faults = Partial<Record<FaultName, number>>

/** Reads `lostBefore=0.02,slow=0.01`. Throws a UsageError that names the part at fault. */
export function parseFaults(text: string): Faults {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  return checkFaults(
    Object.fromEntries(
      parts.map((part) => {
        const [name = '', value = ''] = part.split('=').map((side) => side.trim())
        return [name, value === '' ? Number.NaN : Number(value)]
      }),
    ),
  )
}

/** Takes names and probabilities from outside. Throws a UsageError where one is unknown or out of range. */
export function checkFaults(values: Readonly<Record<string, unknown>>): Faults {
  const faults: Faults = {}
  let sum = 0
  for (const [name, value] of Object.entries(values)) {
    const known = FAULT_NAMES.find((fault) => fault === name)
    if (known === undefined) throw new UsageError(`"${name}" is no fault: use one of ${FAULT_NAMES.join(', ')}`)
    if (typeof value !== 'number' || !(value >= 0 && value <= 1)) {
      throw new UsageError(`fault ${name}: expected a probability from 0 to 1, as in ${name}=0.05`)
    }
    faults[known] = value
    sum += value
  }
  // A hair of tolerance: 0.1 ten times is more than 1 in floating point.
  if (sum > 1 + 1e-9) throw new UsageError(`the faults' probabilities add up to ${sum}: make them add up to at most 1`)
  return faults
}

/** Draws the fault, if any, of each request in order of arrival. Equal seeds give equal sequences. */
export class FaultSource {
  #faults: Faults
  readonly #random: () => number
  readonly #spared = new Set<string>()
  /** Requests that meet a 401 the next time as well. */
  readonly #refusedAgain = new Set<string>()
  readonly drawn: Partial<Record<FaultName, number>> = {}

  constructor(faults: Faults, seed: number) {
    this.#faults = checkFaults(faults)
    this.#random = mulberry32(seed)
  }

  replace(faults: Faults): void {
    this.#faults = faults
  }

  /** `request` tells requests apart, so that the one that is sent again after a 401 does not meet a second one. */
  draw(lane: SimulatorLane, request: () => string): FaultName | undefined {
    const spared = this.#spared.size > 0 && this.#spared.delete(request())
    const again = this.#refusedAgain.size > 0 && this.#refusedAgain.delete(request())
    const fault = this.#pick()
    if (again) return this.#refuse('unauthorizedTwice', this.#spared, request())
    if (fault === undefined || !applies(fault, lane)) return undefined
    if (fault === 'unauthorized') return spared ? undefined : this.#refuse(fault, this.#spared, request())
    if (fault === 'unauthorizedTwice') return spared ? undefined : this.#refuse(fault, this.#refusedAgain, request())
    this.#count(fault)
    return fault
  }

  /** A 401, and what the next of the same request meets. */
  #refuse(fault: FaultName, next: Set<string>, request: string): FaultName {
    next.add(request)
    this.#count(fault)
    return fault
  }

  #count(fault: FaultName): void {
    this.drawn[fault] = (this.drawn[fault] ?? 0) + 1
  }

  #pick(): FaultName | undefined {
    let left = this.#random()
    for (const name of FAULT_NAMES) {
      left -= this.#faults[name] ?? 0
      if (left < 0) return name
    }
    return undefined
  }
}

// A 401, 429 or 521 is about a request of the account: the token endpoint and look-ups have no such answer.
function applies(fault: FaultName, lane: SimulatorLane): boolean {
  switch (fault) {
    case 'busy521':
    case 'late':
      return WRITES.has(lane)
    case 'unauthorized':
    case 'unauthorizedTwice':
    case 'forbiddenPage':
    case 'throttled429':
    case 'throttled429RetryAfter':
      return lane !== 'token'
    case 'batch1060':
    case 'batch1060Number':
    case 'v1AllFailed':
    case 'v1Fewer':
    case 'v1Reordered':
    case 'v1Empty':
    case 'v1Bare':
    case 'v1None':
    case 'v1Loose':
    case 'v1Top200':
    case 'v1Top201':
    case 'v1HidesExternalId':
      return lane === 'register-v1' || lane === 'look-up-v1'
    case 'othersId':
      return WRITES.has(lane)
    case 'programsMissing':
      return lane === 'tier' || lane === 'unlink'
    default:
      return true
  }
}

const WRITES: ReadonlySet<SimulatorLane> = new Set(['register', 'link', 'register-v1', 'update', 'tier', 'unlink'])

function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
