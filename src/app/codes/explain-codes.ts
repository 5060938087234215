import type { CodeEntry } from '../../capillary/code-table.ts'
import { codeEntries, entriesFor } from '../../lanes/catalogue.ts'
import { UsageError } from '../../model.ts'

/** What is known of a code of the API, of any of them, and what to do about each. Throws a UsageError where it is unknown. */
export function explainCodes(code?: number): readonly CodeEntry[] {
  const entries = code === undefined ? codeEntries : entriesFor(code)
  if (code !== undefined && entries.length === 0) {
    throw new UsageError(
      `Code ${code} is in none of the API's public pages. A row that gets it is rejected, with the API's own message in its report.`,
    )
  }
  return entries
}
