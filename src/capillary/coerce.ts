import type { Json } from '../model.ts'
import { cleanWords } from '../outside/clean-words.ts'

/**
 * The API gives booleans and numbers in either form (`true` and "true", 1000 and "1000"): these read both,
 * and give undefined for what is neither. Source: capillary-facts.md, section 6.
 */

export function isRecord(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** The value under a name, where there is an object and the object has it. */
export function fieldOf(value: Json | undefined, name: string): Json | undefined {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined
}

export function booleanOf(value: Json | undefined): boolean | undefined {
  if (typeof value === 'boolean') return value
  if (typeof value !== 'string') return undefined
  const word = value.trim().toLowerCase()
  return word === 'true' ? true : word === 'false' ? false : undefined
}

export function numberOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined
  if (typeof value !== 'string') return undefined
  return /^\s*-?\d{1,15}(\.\d+)?\s*$/.test(value) ? Number(value) : undefined
}

export function codeOf(value: Json | undefined): number | undefined {
  const code = numberOf(value)
  return Number.isInteger(code) ? code : undefined
}

/** A customer id as a string, all digits kept. Zero and negative numbers stand for "none" in the API. */
export function idOf(value: Json | undefined): string | undefined {
  const digits = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  return /^[1-9]\d*$/.test(digits) ? digits : undefined
}

/** Text without the space around it; undefined where nothing is left. */
export function textOf(value: Json | undefined): string | undefined {
  if (typeof value === 'number') return String(value)
  const text = typeof value === 'string' ? value.trim() : ''
  return text === '' ? undefined : text
}

/** Text for people, cut and cleaned: what it says may be anything. */
export function wordsOf(value: Json | undefined): string | undefined {
  const text = textOf(value)
  return text === undefined ? undefined : cleanWords(text)
}
