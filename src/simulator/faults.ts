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
 * `http504After` (HTML body), `brokenJson` (HTTP 200 with half of the body). `slow` only takes longer.
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
] as const
export type FaultName = (typeof FAULT_NAMES)[number]

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
  if (fault === 'busy521') return lane === 'register' || lane === 'link'
  return lane !== 'token' || !OF_REQUESTS.includes(fault)
}

const OF_REQUESTS: readonly FaultName[] = [
  'unauthorized',
  'unauthorizedTwice',
  'forbiddenPage',
  'throttled429',
  'throttled429RetryAfter',
]

function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
