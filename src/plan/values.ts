import type { Json } from '../model.ts'
import { showInvisible, trimBlank } from './invisible.ts'

/** Empty is what holds nothing to send: missing, null, no text, or only white space and what cannot be seen. */
export function isEmpty(value: Json | undefined): value is undefined | null {
  if (value === undefined || value === null) return true
  if (typeof value !== 'string') return false
  // Most values begin with something that shows, and need no second look.
  const first = value.charCodeAt(0)
  return first > 32 && first < 127 ? false : trimBlank(value) === ''
}

/** Text of a text, a number or a boolean; undefined for a list, an object or null. */
export function textOf(value: Json): string | undefined {
  if (typeof value === 'string') return value
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined
}

/** `trim`, for texts of which most begin and end with what shows: a look at both ends costs less than the call. */
export function trimmed(text: string): string {
  const first = text.charCodeAt(0)
  const last = text.charCodeAt(text.length - 1)
  return first > 32 && first < 127 && last > 32 && last < 127 ? text : text.trim()
}

export function isObject(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** An object without these fields; the very same where there are none. */
export function withoutFields(
  object: { readonly [name: string]: Json },
  names: readonly string[],
): { readonly [name: string]: Json } {
  if (names.length === 0) return object
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)))
}

/**
 * A value for a message: quoted, with what cannot be seen as `<U+200B>`, and cut where it is long. A quote that the cut
 * left open is closed: what stands in quotes is the member's.
 */
export function quoteValue(value: Json): string {
  const text = showInvisible(JSON.stringify(value))
  if (text.length <= 60) return text
  const cut = text.slice(0, 57).replace(/\\+$/, '')
  const quotes = cut.replaceAll(/\\./g, '').split('"').length - 1
  return `${cut}…${quotes % 2 === 1 ? '"' : ''}`
}

/**
 * Whether a number has all the digits of its text. Fifteen significant ones always survive; with more, the shortest text
 * of the number must have the same.
 */
export function keepsDigits(text: string, number: number): boolean {
  if (text.length <= 15) return true
  if (!text.includes('.')) return Number.isSafeInteger(number)
  return significantDigits(text).length <= 15 || significantDigits(text) === significantDigits(String(number))
}

function significantDigits(text: string): string {
  return text.replaceAll(/\D/g, '').replace(/^0+/, '').replace(/0+$/, '')
}
