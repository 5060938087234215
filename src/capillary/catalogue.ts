import type { CodeClass, CodeDetail, CodeRow } from './codes/code-row.ts'
import { balanceErrors, balanceWarnings } from './codes/balance-codes.ts'
import { linkErrors, linkSuccesses, linkWarnings } from './codes/link-codes.ts'
import { registerErrors, registerWarnings } from './codes/register-codes.ts'
import { requestErrors, requestSuccesses, requestWarnings } from './codes/request-codes.ts'
import { v1Errors, v1Successes, v1Warnings } from './codes/v1-codes.ts'
import { v1ServiceErrors } from './codes/v1-service-codes.ts'

/** Where a code may come from. `request` stands for any endpoint; `balance` for the whole look-up family. */
export type Endpoint = 'register' | 'link' | 'balance' | 'register-v1' | 'request'

export type Severity = 'error' | 'warning' | 'success'

/** What we know of one code at one endpoint. */
export interface CodeEntry extends CodeDetail {
  readonly endpoint: Endpoint
  readonly severity: Severity
  readonly code: number
  readonly class: CodeClass
  readonly meaning: string
  readonly remedy: string
}

/** Every code that Capillary's public pages name, an entry for each meaning. Codes are not unique. */
export const codeEntries: readonly CodeEntry[] = [
  ...entriesOf('register', 'error', registerErrors),
  ...entriesOf('register', 'warning', registerWarnings),
  ...entriesOf('link', 'error', linkErrors),
  ...entriesOf('link', 'warning', linkWarnings),
  ...entriesOf('link', 'success', linkSuccesses),
  ...entriesOf('balance', 'error', balanceErrors),
  ...entriesOf('balance', 'warning', balanceWarnings),
  ...entriesOf('request', 'error', requestErrors),
  ...entriesOf('request', 'warning', requestWarnings),
  ...entriesOf('request', 'success', requestSuccesses),
  ...entriesOf('register-v1', 'error', [...v1Errors, ...v1ServiceErrors]),
  ...entriesOf('register-v1', 'warning', v1Warnings),
  ...entriesOf('register-v1', 'success', v1Successes),
]

const entriesByKey = Map.groupBy(codeEntries, (entry) => keyOf(entry.endpoint, entry.severity, entry.code))

/** Where to look, in this order. A link's "exists" must never come from a registration's codes, so link stays apart. */
const lookUpOrder: Readonly<Record<Endpoint, readonly Endpoint[]>> = {
  register: ['register', 'request', 'register-v1'],
  'register-v1': ['register-v1', 'request', 'register'],
  link: ['link', 'request'],
  balance: ['balance', 'request', 'register'],
  request: ['request'],
}

/**
 * The entry for a code, or undefined where it is unknown: an unknown error is final, an unknown warning benign
 * (nothing tells us that the API dropped anything; it is shown all the same).
 * A warning that is known as an error only is lossy: what the error refuses, the warning leaves out.
 */
export function lookUpCode(endpoint: Endpoint, severity: Severity, code: number, message = ''): CodeEntry | undefined {
  const entry = firstFitting(endpoint, severity, code, message)
  if (entry !== undefined || severity !== 'warning') return entry
  const error = firstFitting(endpoint, 'error', code, message)
  return error && { ...error, severity: 'warning', class: 'lossy' }
}

/** All meanings of a code, over all endpoints, as `rollcall codes <n>` shows them. */
export function entriesFor(code: number): readonly CodeEntry[] {
  return codeEntries.filter((entry) => entry.code === code)
}

function entriesOf(endpoint: Endpoint, severity: Severity, rows: readonly CodeRow[]): readonly CodeEntry[] {
  return rows.map(([code, kind, meaning, remedy, more]) => {
    return { endpoint, severity, code, class: kind, meaning, remedy, ...more }
  })
}

function firstFitting(endpoint: Endpoint, severity: Severity, code: number, message: string): CodeEntry | undefined {
  for (const place of lookUpOrder[endpoint]) {
    const entries = entriesByKey.get(keyOf(place, severity, code)) ?? []
    const entry = entries.find(({ when }) => when?.test(message)) ?? entries.find(({ when }) => when === undefined)
    if (entry !== undefined) return entry
  }
  return undefined
}

function keyOf(endpoint: Endpoint, severity: Severity, code: number): string {
  return `${endpoint} ${severity} ${code}`
}
