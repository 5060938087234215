import type { Json, SourceRow } from '../model.ts'

/**
 * Reads one line of JSON Lines (without its line end) as a row.
 *
 * A whole number beyond ±(2^53 - 1), or any number too large for a double, becomes a string of the very characters
 * that stand in the file: an id of 17 digits must not change on its way. Fractions are read as doubles.
 */
export function parseJsonLine(line: string, row: number, lineNumber: number): SourceRow {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line
  let value: Json
  try {
    value = LONG_NUMBER.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)
  } catch (error) {
    const problem = brokenProblem(text, lineNumber, error)
    return { row, line: lineNumber, input: { kind: 'value', value: null }, problem, raw: text }
  }
  const kind = kindOf(value)
  if (kind === 'object') return { row, line: lineNumber, input: { kind: 'value', value } }
  const problem = `line ${lineNumber}: the line holds ${kind}; one JSON object was expected, as in {"external_id":"A1"}.${arrayHint(text)}`
  return { row, line: lineNumber, input: { kind: 'value', value }, problem }
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

function brokenProblem(text: string, line: number, error: unknown): string {
  const message = error instanceof Error ? error.message : ''
  const position = /at position (\d+)/.exec(message)?.[1]
  const where = position === undefined ? `line ${line}` : `line ${line}, character ${Number(position) + 1}`
  const why = message.startsWith('Unexpected end') ? ' The line breaks off before the object ends.' : ''
  return `${where}: the line is not JSON; one whole JSON object on a line was expected.${why}${arrayHint(text)}`
}

function arrayHint(text: string): string {
  const hint = " If the file is one JSON array, turn it into JSON Lines first: jq -c '.[]' members.json"
  return text.trimStart().startsWith('[') ? hint : ''
}
