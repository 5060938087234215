import type { Status, Warning } from '../model.ts'
import { type Codes, findCode } from './code-table.ts'
import type { Issue } from './envelope.ts'

/** Warnings for the report. Without a text of the API's (V1 gives codes alone) the catalogue's meaning stands in. */
export function describeWarnings(issues: readonly Issue[], codes: Codes): readonly Warning[] {
  return issues.map(({ code, message }) => {
    const entry = code === undefined ? undefined : findCode(codes, 'warning', code, message)
    return { code, message: message || (entry?.meaning ?? 'A warning without words'), lossy: entry?.class === 'lossy' }
  })
}

/** What warnings make of a row that went through. */
export function statusGiven(warnings: readonly Warning[]): Status {
  return warnings.some(({ lossy }) => lossy) ? 'warned' : 'ok'
}
