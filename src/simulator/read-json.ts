import type { Json } from '../model.ts'

export type JsonRecord = { readonly [name: string]: Json }

/** Undefined where the text is not JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export function asRecord(value: Json | undefined): JsonRecord | undefined {
  return isRecord(value) ? value : undefined
}

export function asList(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : []
}

/** Strings and numbers as text; anything else as nothing. */
export function asText(value: Json | undefined): string {
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : ''
}

function isRecord(value: Json | undefined): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}
