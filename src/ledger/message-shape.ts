import type { Input, Json } from '../model.ts'
import { cutText } from '../outside/cut-text.ts'
import { withoutMember } from '../outside/member-words.ts'

/**
 * A message without what differs from row to row (quoted values, e-mails, numbers of four digits and more, those of rows),
 * each replaced by `…`: equal problems then count as one, and no member's data stands in a summary. Names of columns,
 * filters, tables and programs stay.
 */
export function messageShape(message: string): string {
  if (message !== last.message) last = { message, shape: shapeOf(message) }
  return last.shape
}

/** A hint without the number that a row would have: what is to be done stays as it is, with the plan's own words in it. */
export function hintShape(hint: string): string {
  return hint.replace(memberNumber, '…')
}

/** One row after the other mostly says the same, and several ask for its shape. */
let last = { message: '', shape: '' }

function shapeOf(message: string): string {
  const shape = cutText(message, MOST_READ)
    .replace(doublyQuoted, cut)
    .replace(singlyQuoted, '…')
    .replace(email, '…')
    .replace(longNumber, '…')
    .replace(rowNumber, '$1 …')
  return cutText(shape, MOST_SHOWN)
}

/**
 * Shapes of what the API said of rows that hold `input`: what a message repeats of its row is cut out first. Most messages
 * are alike, and a row's input is asked for only where a shape is new.
 */
export function apiShapes(): (message: string, input: () => Input | undefined) => string {
  const known = new Set<string>()
  return (message, input) => {
    const shape = messageShape(message)
    if (known.has(shape)) return shape
    const held = input()
    const clean = held === undefined ? shape : messageShape(withoutMember(message, valueOf(held)))
    if (clean === shape && known.size < MOST_KNOWN) known.add(shape)
    return clean
  }
}

const MOST_KNOWN = 10_000

function valueOf(input: Input): Json {
  return input.kind === 'cells' ? input.cells : input.value
}

/** A quote that is never closed has the rest of the text read again: what is not shown is not read. */
const MOST_READ = 1_000
const MOST_SHOWN = 300

/** `(")` tells a quote itself; within quotes, `\"` is one more character. */
const doublyQuoted =
  /\("+\)|(\b(?:columns?(?: \d+)?|filter|table|program|field) )?(?:"(?:[^"\\]|\\.)*"|"[^"]*"|“[^”]*”|`[^`]*`)/giu
const singlyQuoted = /(?<![\p{L}\p{N}])'[^']*'(?![\p{L}\p{N}])/gu
const email = /(?<![^\s"'<>(),;:])[^\s"'<>(),;:]+@[^\s"'<>(),;:]+/gu
const longNumber = /\+?\d{4,}/gu
/** Longer than a year, a limit or a code. */
const memberNumber = /\+?\d{6,}/gu
const rowNumber = /\b(rows?) \d+/g

function cut(match: string, before: string | undefined): string {
  return before === undefined && !match.startsWith('(') ? '…' : match
}
