import { isUtf8 } from 'node:buffer'
import type { ConvertedType, SchemaElement } from 'hyparquet'
import { parseFloat16 } from 'hyparquet/src/convert.js'
import type { Json } from '../../model.ts'
import { unsoundText } from '../../outside/sound-text.ts'
import { BrokenValue } from './broken-value.ts'
import { dateText, decimalJson, int96Nanoseconds, intervalText, momentText, timeText, uuidText } from './value-texts.ts'

/** Makes JSON of a column's value as it is stored; null of none. */
export type ToJson = (value: unknown) => Json | BrokenValue

/** True of a column whose bytes are texts by its type. */
export function isText({ type, converted_type: converted, logical_type: logical }: SchemaElement): boolean {
  return type === 'BYTE_ARRAY' && (TEXTS.has(converted ?? '') || TEXTS.has(logical?.type ?? ''))
}

const TEXTS: ReadonlySet<string> = new Set(['UTF8', 'STRING', 'ENUM', 'JSON'])

/**
 * Numbers stay numbers while they keep their digits, else they are texts of them; dates are `yyyy-MM-dd`, moments
 * `yyyy-MM-ddTHH:mm:ssZ`, or `yyyy-MM-dd HH:mm:ss` where the file does not say of which zone; times `HH:mm:ss`.
 * (https://parquet.apache.org/docs/file-format/types/logicaltypes/)
 */
export function jsonOf(element: SchemaElement): ToJson {
  const convert = converterOf(element)
  return (value) =>
    value === null || value === undefined ? null : value instanceof BrokenValue ? value : convert(value)
}

function converterOf(element: SchemaElement): (value: unknown) => Json | BrokenValue {
  const { type, converted_type: converted, logical_type: logical, scale = 0 } = element
  if (isText(element)) return converted === 'JSON' || logical?.type === 'JSON' ? parsedJson : textJson
  if (converted === 'DECIMAL' || logical?.type === 'DECIMAL')
    return (value) => decimalJson(value as number | bigint | Uint8Array, scale)
  if (logical?.type === 'TIMESTAMP') {
    const nanoseconds = NANOSECONDS[logical.unit]
    const isLocal = !logical.isAdjustedToUTC
    return (value) => momentText((value as bigint) * nanoseconds, isLocal)
  }
  if (logical?.type === 'TIME') return (value) => timeText(BigInt(value as number | bigint) * NANOSECONDS[logical.unit])
  if (logical?.type === 'UUID') return (value) => uuidText(value as Uint8Array)
  if (logical?.type === 'FLOAT16') return (value) => numberJson(parseFloat16(value as Uint8Array) ?? NaN)
  const byConverted = converted === undefined ? undefined : CONVERTED[converted]
  if (byConverted !== undefined) return byConverted
  return type === 'INT96' ? (value) => momentText(int96Nanoseconds(value as bigint), false) : plainJson
}

/** Of the older annotations. */
const CONVERTED: Partial<Record<ConvertedType, (value: unknown) => Json | BrokenValue>> = {
  DATE: (value) => dateText(Number(value)),
  TIMESTAMP_MILLIS: (value) => momentText((value as bigint) * 1_000_000n, false),
  TIMESTAMP_MICROS: (value) => momentText((value as bigint) * 1000n, false),
  TIME_MILLIS: (value) => timeText(BigInt(value as number) * 1_000_000n),
  TIME_MICROS: (value) => timeText((value as bigint) * 1000n),
  INTERVAL: (value) => intervalText(value as Uint8Array),
  UINT_64: (value) => plainJson(BigInt.asUintN(64, value as bigint)),
  UINT_32: (value) => Number(value) >>> 0,
}

const NANOSECONDS = { MILLIS: 1_000_000n, MICROS: 1000n, NANOS: 1n } as const

function textJson(value: unknown): Json | BrokenValue {
  const text = typeof value !== 'string' && value instanceof Uint8Array ? textOf(value) : value
  if (typeof text !== 'string') return text instanceof BrokenValue ? text : String(text)
  return text.includes('\0') ? new BrokenValue(unsoundText(text) ?? 'the character U+0000') : text
}

function textOf(bytes: Uint8Array): string | BrokenValue {
  return isUtf8(bytes) ? Buffer.from(bytes).toString('utf8') : new BrokenValue('bytes that are not UTF-8')
}

/** A column of JSON texts; what is none stays a text. */
function parsedJson(value: unknown): Json | BrokenValue {
  const text = textJson(value)
  if (typeof text !== 'string') return text
  try {
    return JSON.parse(text) as Json
  } catch {
    return text
  }
}

/** What has no type of its own, and what is within lists: as hyparquet gives it. */
export function plainJson(value: unknown): Json | BrokenValue {
  switch (typeof value) {
    case 'string':
      return textJson(value)
    case 'number':
      return numberJson(value)
    case 'bigint': {
      const number = Number(value)
      return Number.isSafeInteger(number) ? number : String(value)
    }
    case 'boolean':
      return value
    default:
      return objectJson(value)
  }
}

function numberJson(value: number): Json {
  return Number.isNaN(value) ? null : Number.isFinite(value) ? value : String(value)
}

function objectJson(value: unknown): Json | BrokenValue {
  if (value === null || value === undefined) return null
  // Of bytes without a type, those that are no text stay bytes: a picture beside a member costs no row.
  if (value instanceof Uint8Array)
    return isUtf8(value) && !value.includes(0) ? textJson(value) : Buffer.from(value).toString('base64')
  if (value instanceof Date) return momentText(BigInt(value.getTime()) * NANOSECONDS.MILLIS, false)
  const items = Array.isArray(value) ? value : Object.values(value)
  const inner = items.map(plainJson)
  const broken = inner.find((each) => each instanceof BrokenValue)
  if (broken !== undefined) return broken
  const sound = inner as readonly Json[]
  return Array.isArray(value)
    ? sound
    : Object.fromEntries(Object.keys(value).map((name, index) => [name, sound[index] ?? null]))
}
