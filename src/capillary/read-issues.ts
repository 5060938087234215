import type { Json } from '../model.ts'
import { codeOf, fieldOf, isList, isRecord, wordsOf } from './coerce.ts'
import type { Issue } from './envelope.ts'

/**
 * Errors in any form the API has: a list, a single object, a V1 `{error: […]}`, or codes and texts alone.
 * An entry without code and message is an error all the same.
 */
export function readIssues(value: Json | undefined): readonly Issue[] {
  if (isList(value))
    return value
      .slice(0, MOST_ISSUES)
      .flatMap((entry) => readIssues(entry))
      .slice(0, MOST_ISSUES)
  if (isRecord(value)) return readObject(value)
  const code = codeOf(value)
  if (code !== undefined) return [{ code, message: '' }]
  const message = wordsOf(value)
  return message === undefined ? [] : [{ message }]
}

/** A row has a handful. Whoever sends more shall not fill the ledger with them. */
const MOST_ISSUES = 50

/** As `readIssues`, without entries that say nothing. */
export function readWarnings(value: Json | undefined): readonly Issue[] {
  return readIssues(value).filter(({ code, message }) => code !== undefined || message !== '')
}

function readObject(value: Json): readonly Issue[] {
  const code = codeOf(fieldOf(value, 'code'))
  const message = wordsOf(fieldOf(value, 'message'))
  const nested = fieldOf(value, 'warning') ?? fieldOf(value, 'error')
  if (code === undefined && message === undefined && nested !== undefined) return readIssues(nested)
  return [{ code, message: message ?? '' }]
}
