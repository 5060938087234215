import type { Json, SourceRow } from '../../model.ts'
import { MOST_DEPTH, isTooDeep } from '../../outside/json-depth.ts'
import { findUnsound } from './find-unsound.ts'

/** A place for a record, and what it is called in messages. */
export interface JsonPlace {
  readonly row: number
  /** The line on which it starts. */
  readonly line: number
  readonly what: 'line' | 'element'
}

/**
 * Reads one line of JSON Lines (without its line end), or one element of a JSON array, as a row.
 *
 * A whole number beyond ±(2^53 - 1), or any number too large for a double, becomes a string of the very characters
 * that stand in the file: an id of 17 digits must not change on its way. Fractions are read as doubles.
 */
export function parseJsonRecord(source: string, { row, line, what }: JsonPlace): SourceRow {
  const text = source.endsWith('\r') ? source.slice(0, -1) : source
  if (isTooDeep(text)) {
    const problem = `line ${line}: the ${what} is nested more than ${MOST_DEPTH} deep, as no member is. Export the file anew, or remove what is nested.`
    return { row, line, input: { kind: 'value', value: null }, problem, raw: text }
  }
  let value: Json
  try {
    value = LONG_NUMBER.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)
  } catch (error) {
    const problem = brokenProblem(text, { line, what, error })
    return { row, line, input: { kind: 'value', value: null }, problem, raw: text }
  }
  const unsound = findUnsound(value, text)
  if (unsound !== undefined) {
    const problem = `line ${line}, ${JSON.stringify(unsound.field)}: the value holds ${unsound.what}; text was expected. Remove it, or export the file anew.`
    return { row, line, input: { kind: 'value', value: null }, problem, raw: text }
  }
  const kind = kindOf(value)
  if (kind === 'object') return { row, line, input: { kind: 'value', value } }
  const problem = `line ${line}: the ${what} holds ${kind}; one JSON object was expected, as in {"external_id":"A1"}.`
  return { row, line, input: { kind: 'value', value }, problem }
}

/** Only where this matches can a number lose digits: the reviver makes parsing several times slower. */
const LONG_NUMBER = /(?:^|[:,[\s])-?(?:\d{16}|[\d.]+[eE])/

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  const safe = typeof value !== 'number' || Number.isSafeInteger(value) || !isWholeOrInfinite(value)
  return safe ? value : (context?.source ?? value)
}

function isWholeOrInfinite(value: number): boolean {
  return Number.isInteger(value) || !Number.isFinite(value)
}

function kindOf(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'object' : `a ${typeof value}`
}

function brokenProblem(
  text: string,
  { line, what, error }: Pick<JsonPlace, 'line' | 'what'> & { error: unknown },
): string {
  const message = error instanceof Error ? error.message : ''
  const position = Number(/at position (\d+)/.exec(message)?.[1] ?? NaN)
  const why = message.startsWith('Unexpected end') ? ` The ${what} breaks off before the object ends.` : ''
  return `${placeOf(text, line, position)}: the ${what} is not JSON; one whole JSON object was expected.${why}`
}

function placeOf(text: string, line: number, position: number): string {
  if (Number.isNaN(position)) return `line ${line}`
  const before = text.slice(0, position).split('\n')
  return `line ${line + before.length - 1}, character ${(before.at(-1)?.length ?? 0) + 1}`
}
