import type { CodeClass, CodeDetail, CodeRow } from './codes/code-row.ts'

export type Severity = 'error' | 'warning' | 'success'

/** What we know of one code at one endpoint. */
export interface CodeEntry extends CodeDetail {
  readonly endpoint: string
  readonly severity: Severity
  readonly code: number
  readonly class: CodeClass
  readonly meaning: string
  readonly remedy: string
}

/** The codes of one endpoint, an entry for each meaning. Codes are not unique. */
export interface CodeTable {
  /** Where the codes come from, as `rollcall codes` calls it. */
  readonly endpoint: string
  readonly entries: readonly CodeEntry[]
  readonly byKey: ReadonlyMap<string, readonly CodeEntry[]>
}

/** Where a lane looks a code up, in this order. */
export type Codes = readonly CodeTable[]

export function codeTable(endpoint: string, rows: Partial<Record<Severity, readonly CodeRow[]>>): CodeTable {
  const severities = ['error', 'warning', 'success'] as const
  const entries = severities.flatMap((severity) =>
    (rows[severity] ?? []).map(([code, kind, meaning, remedy, more]): CodeEntry => {
      return { endpoint, severity, code, class: kind, meaning, remedy, ...more }
    }),
  )
  return { endpoint, entries, byKey: Map.groupBy(entries, ({ severity, code }) => `${severity} ${code}`) }
}

/**
 * The entry for a code, or undefined where it is unknown: an unknown error is final, an unknown warning benign
 * (nothing tells us that the API dropped anything; it is shown all the same).
 * A warning that is known as an error only is lossy: what the error refuses, the warning leaves out.
 */
export function findCode(codes: Codes, severity: Severity, code: number, message = ''): CodeEntry | undefined {
  const entry = firstFitting(codes, severity, code, message)
  if (entry !== undefined || severity !== 'warning') return entry
  const error = firstFitting(codes, 'error', code, message)
  return error && { ...error, severity: 'warning', class: 'lossy' }
}

function firstFitting(codes: Codes, severity: Severity, code: number, message: string): CodeEntry | undefined {
  for (const { byKey } of codes) {
    const entries = byKey.get(`${severity} ${code}`) ?? []
    const entry = entries.find(({ when }) => when?.test(message)) ?? entries.find(({ when }) => when === undefined)
    if (entry !== undefined) return entry
  }
  return undefined
}
