import type { Json, SourceRow } from '../../model.ts'
import { MOST_DEPTH, isTooDeep } from '../../outside/json-depth.ts'
import { plural } from '../../words.ts'
import { findTwice } from './find-twice.ts'
import { findUnsound } from './find-unsound.ts'
import { unwrapTyped } from './typed-values.ts'
import type { TypedBy } from './typed-values.ts'

/** A place for a record, and what it is called in messages. */
export interface JsonPlace {
  readonly row: number
  /** The line on which it starts. */
  readonly line: number
  readonly what: 'line' | 'element'
  /** Whose types its values are written with. */
  readonly typedBy?: TypedBy | undefined
  /** What the items of a list are called, where records are lists. */
  readonly names?: readonly string[] | undefined
  /** Such a list goes without its last items where they are empty. */
  readonly mayBeShort?: boolean | undefined
}

/**
 * Reads one line of JSON Lines (without its line end), or one element of a JSON array, as a row.
 *
 * A whole number beyond ±(2^53 - 1), or any number too large for a double, becomes a string of the very characters
 * that stand in the file: an id of 17 digits must not change on its way. Fractions are read as doubles. NaN, which
 * Python writes for what is not there, is null, and so is Infinity. A comma may stand behind a line.
 */
export function parseJsonRecord(source: string, { row, line, what, typedBy, names, mayBeShort }: JsonPlace): SourceRow {
  const text = source.endsWith('\r') ? source.slice(0, -1) : source
  if (isTooDeep(text)) {
    const problem = `line ${line}: the ${what} is nested more than ${MOST_DEPTH} deep, as no member is. Export the file anew, or remove what is nested.`
    return { row, line, input: { kind: 'value', value: null }, problem, raw: text }
  }
  let value: Json
  try {
    value = parseJson(what === 'line' ? bareLine(text) : text)
  } catch (error) {
    const problem = brokenProblem(text, { line, what, error })
    return { row, line, input: { kind: 'value', value: null }, problem, raw: text }
  }
  const unsound = findUnsound(value, text)
  if (unsound !== undefined) {
    const problem = `line ${line}, ${JSON.stringify(unsound.field)}: the value holds ${unsound.what}; text was expected. Remove it, or export the file anew.`
    return { row, line, input: { kind: 'value', value: null }, problem, raw: text }
  }
  const twice = findTwice(value, text)
  if (twice !== undefined) {
    const [first, second] = twice.values.map(shortened)
    const problem = `line ${line}, ${JSON.stringify(twice.field)}: the ${what} has this field twice, as ${first} and as ${second}; one value was expected. Name them apart where the file is written, as a query does with AS, or leave one out.`
    return { row, line, input: { kind: 'value', value: null }, problem, raw: text }
  }
  if (typedBy !== undefined) {
    const plain = unwrapTyped(value, typedBy)
    if (plain === undefined) {
      const problem = `line ${line}: the ${what} is not written with the types of DynamoDB, as {"id":{"S":"A1"}} is. If none is, say \`rows: { json: plain }\`.`
      return { row, line, input: { kind: 'value', value }, problem }
    }
    value = plain
  }
  if (names !== undefined) value = itemsOf(value)
  if (names !== undefined && Array.isArray(value)) {
    if (mayBeShort === true ? value.length > names.length : value.length !== names.length) {
      const problem = `line ${line}: the list holds ${plural(value.length, 'value')}; there are ${plural(names.length, 'column')}.`
      return { row, line, input: { kind: 'value', value }, problem }
    }
    value = Object.fromEntries(names.map((name, index) => [name, (value as readonly Json[])[index] ?? null]))
  }
  const kind = kindOf(value)
  if (kind === 'object') return { row, line, input: { kind: 'value', value } }
  const asText =
    typeof value === 'string' && /^\s*[{[]/.test(value)
      ? ' It holds JSON in turn: it was written as JSON twice, and `jq fromjson` reads it.'
      : ''
  const problem = `line ${line}: the ${what} holds ${kind}; one JSON object was expected, as in {"external_id":"A1"}.${asText}`
  return { row, line, input: { kind: 'value', value }, problem }
}

/** The values of BigQuery's `{f: [{v: …}]}`; any other value as it is. */
function itemsOf(value: Json): Json {
  const fields = typeof value === 'object' && value !== null && 'f' in value ? value.f : undefined
  if (!isList(fields)) return value
  return fields.map((field) => (typeof field === 'object' && field !== null && 'v' in field ? field.v : field))
}

function isList(value: unknown): value is readonly Json[] {
  return Array.isArray(value)
}

function shortened(text: string): string {
  return text.length > MOST_SHOWN ? `${text.slice(0, MOST_SHOWN)}…` : text
}

/** Characters of a value in a message. */
const MOST_SHOWN = 60

/**
 * Without a comma behind it, which lines that were taken out of an array still have, and without the U+001E that
 * stands before each value of a JSON text sequence (RFC 7464).
 */
function bareLine(line: string): string {
  const text = line.startsWith('\x1E') ? line.slice(1) : line
  const end = text.trimEnd()
  return end.endsWith(',') ? end.slice(0, -1) : text
}

/** Parses JSON, with long numbers as their digits, NaN and Infinity as null. Throws what JSON.parse throws. */
export function parseJson(text: string): Json {
  try {
    return parseStrictly(text)
  } catch (error) {
    if (!text.includes('NaN') && !text.includes('Infinity')) throw error
    return parseStrictly(text.replaceAll(STRING_OR_NO_NUMBER, (part) => (part.startsWith('"') ? part : 'null')))
  }
}

function parseStrictly(text: string): Json {
  return (LONG_NUMBER.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text)) as Json
}

/** A string is passed over whole, so that what stands in it stays. */
const STRING_OR_NO_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|\bNaN\b|-?\bInfinity\b/gs

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
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : `an array of ${value.length}`
  return typeof value === 'object' ? 'object' : `a ${typeof value}`
}

function brokenProblem(
  text: string,
  { line, what, error }: Pick<JsonPlace, 'line' | 'what'> & { error: unknown },
): string {
  const message = error instanceof Error ? error.message : ''
  const position = Number(/at position (\d+)/.exec(message)?.[1] ?? NaN)
  const why = message.startsWith('Unexpected end')
    ? ` The ${what} breaks off before the object ends.`
    : strangeSign(text, position) || doubledEscapes(text)
  return `${placeOf(text, line, position)}: the ${what} is not JSON; one whole JSON object was expected.${why}`
}

/** What other languages allow and JSON does not, where that is what stands there. */
function strangeSign(text: string, position: number): string {
  const [before, rest] = [text.slice(0, position).trimEnd(), text.slice(position)]
  if (/^[}\]]/.test(rest) && before.endsWith(',')) return ' A comma stands there with nothing behind it.'
  if (rest.startsWith("'")) return ' Quotes are " in JSON, and not \'.'
  if (/^\/[/*]/.test(rest)) return ' JSON has no comments.'
  if (/^[A-Za-z_$][\w$]*\s*:/.test(rest) && /[{,]$/.test(before)) return ' Names stand in quotes in JSON.'
  return ''
}

/** Databases that escape what they dump double the backslashes of JSON; where no other row breaks, its texts are wrong all the same. */
function doubledEscapes(text: string): string {
  if (!text.includes('\\\\')) return ''
  try {
    JSON.parse(text.replaceAll('\\\\', '\\'))
  } catch {
    return ''
  }
  return (
    ' Its backslashes are doubled, as PostgreSQL’s COPY and `mysql --batch` write JSON: other rows may hold them in their texts. ' +
    'Export it anew with `psql -At`, or `mysql --batch --raw`.'
  )
}

function placeOf(text: string, line: number, position: number): string {
  if (Number.isNaN(position)) return `line ${line}`
  const before = text.slice(0, position).split('\n')
  return `line ${line + before.length - 1}, character ${(before.at(-1)?.length ?? 0) + 1}`
}
