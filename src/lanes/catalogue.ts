import { type CodeEntry, type Codes, type Severity, findCode } from '../capillary/code-table.ts'
import { requestCodes } from '../capillary/codes/request-codes.ts'
import { nothingToDo } from '../capillary/codes/remedies.ts'
import { v1Codes } from '../capillary/codes/v1-codes.ts'
import { lanes } from './lanes.ts'

const others: readonly Codes[] = [requestCodes, v1Codes]

/** Where to look for the codes of a lane, or of an endpoint that none has. */
const codesByEndpoint: ReadonlyMap<string, Codes> = new Map([
  ...others.map((codes): [string, Codes] => [codes[0]?.endpoint ?? '', codes]),
  ...lanes.map(({ name, codes }): [string, Codes] => [name, codes]),
])

/** Every code that Capillary's public pages name, an entry for each meaning: those of the lanes, and then all others. */
export const codeEntries: readonly CodeEntry[] = [
  ...new Set([...lanes.map(({ codes }) => codes), ...others].map(([own]) => own)),
].flatMap((table) => table?.entries ?? [])

/** What a lane's code means (`findCode`); `endpoint` is the lane's name, or `request` for any of them. */
export function lookUpCode(
  endpoint: string,
  severity: Severity,
  code: number,
  message?: string,
): CodeEntry | undefined {
  return findCode(codesByEndpoint.get(endpoint) ?? requestCodes, severity, code, message)
}

/** What to do about a warning of a lane; undefined where nobody knows, and where there is nothing to do. */
export function warningRemedy(lane: string, code: number, message: string): string | undefined {
  const remedy = lookUpCode(lane, 'warning', code, message)?.remedy
  return remedy === nothingToDo ? undefined : remedy
}

/** All meanings of a code, over all lanes, as `rollcall codes <n>` shows them. */
export function entriesFor(code: number): readonly CodeEntry[] {
  return codeEntries.filter((entry) => entry.code === code)
}
