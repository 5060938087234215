import type { Json } from '../model.ts'
import { unarmour } from './cell-shape.ts'
import { hasInvisible, trimBlank } from './invisible.ts'
import { isEmpty } from './values.ts'

/**
 * A cell's value as it is meant; undefined where it is empty. It goes without characters at its ends that cannot be seen (and
 * the white space beside them), and without the formula `="…"` or the apostrophe that keeps a spreadsheet from making a number
 * of a text (Shopify and Square write `'00123`).
 * Other white space stays.
 */
export function plainCell(value: Json | undefined): Json | undefined {
  if (typeof value !== 'string') return value ?? undefined
  // Most cells begin and end with something that shows, and need no second look.
  const first = value.charCodeAt(0)
  const last = value.charCodeAt(value.length - 1)
  if (first > SPACE && first < DELETE && first !== EQUALS && first !== APOSTROPHE && last > SPACE && last < DELETE)
    return value
  const text = withoutUnseenEnds(value)
  const kept = text.charCodeAt(0) === EQUALS || NUMBER_AS_TEXT.test(text) ? (unarmour(text) ?? text) : text
  return isEmpty(kept) ? undefined : kept
}

/** Digits with what stands between those of numbers, phones and dates. Of words, an apostrophe in front is a part. */
const NUMBER_AS_TEXT = /^'[+-]?\d[\d .,:/()-]*$/
const SPACE = 32
const APOSTROPHE = 39
const EQUALS = 61
const DELETE = 127

function withoutUnseenEnds(text: string): string {
  const trimmed = trimBlank(text)
  if (trimmed.length === text.length) return text
  const from = text.indexOf(trimmed)
  return hasInvisible(text.slice(0, from)) || hasInvisible(text.slice(from + trimmed.length)) ? trimmed : text
}
