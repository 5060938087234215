import type { Json } from '../model.ts'
import { isErrorWord } from '../outside/spreadsheet-errors.ts'
import type { Fault } from './fault.ts'
import { type Identifier, normalise } from './identifiers.ts'
import { RowPlaceholders } from './row-placeholders.ts'
import { quoteValue, textOf, trimmed } from './values.ts'

/** What becomes of an identifier that is none (`isPlaceholder`): left out, the row invalid, or sent as it stands. */
export type Placeholders = 'drop' | 'invalid' | 'send'

/** An identifier, normalised, that a row goes without, and why, in words that go on from `it`. */
export interface LeftOut extends Identifier {
  readonly why: string
}

/** Looks at each identifier of a row before it gets into a request. */
export interface Sieve {
  /** Begins a row, which is to go without these identifiers. */
  begin(without: readonly LeftOut[]): void
  /** Whether the identifier goes into the request. Notes what is left out, and what makes the row invalid. */
  readonly keeps: KeepsIdentifier
  /** Those of the row. */
  readonly placeholders: RowPlaceholders
  /** Whether the cell of an identifier that cannot be read as one holds a word for nothing, and is left out for that. */
  takesForNothing(column: string, value: Json): boolean
  /** Whether a value that is to stand in an id, beside other text or by itself, is a word for nothing, and does not. */
  isNoPart(column: string, value: Json): boolean
  /** What was left out of the row, each once: undefined where nothing was. */
  leftOut(): readonly Fault[] | undefined
}

export type KeepsIdentifier = (type: string, value: Json | undefined) => boolean

/** `faults`: where that of an identifier goes which makes its row invalid. */
export function makeSieve(placeholders: Placeholders, faults: Fault[]): Sieve {
  let without: readonly LeftOut[] = []
  let found: Fault[] = []
  const known = new RowPlaceholders()
  const leaveOut = (fault: Fault): void => {
    if (!found.some(({ message }) => message === fault.message)) found.push(fault)
  }
  return {
    begin(these) {
      without = these
      if (found.length > 0) found = []
      known.begin()
    },
    placeholders: known,
    keeps(type, value) {
      const cell = value === undefined ? undefined : textOf(value)
      if (cell === undefined) return true
      const text = trimmed(cell)
      if (without.length > 0) {
        const named = without.find((one) => one.type === type && one.value === normalise(type, text))
        if (named !== undefined) {
          const word = identifierWord(type)
          leaveOut({
            message: `The ${word} ${quoteValue(text)} is left out: it ${named.why}.`,
            kind: `The ${word} is left out: it is on rows of other members.`,
            value: quoteValue(text),
          })
          return false
        }
      }
      if (placeholders === 'send' || !known.has(type, text)) return true
      if (placeholders === 'drop') leaveOut(forNothing(identifierWord(type), text))
      else faults.push(refused(type, text))
      return false
    },
    takesForNothing(column, value) {
      const text = textOf(value)
      if (placeholders !== 'drop' || text === undefined || !known.has('mobile', text)) return false
      if (isErrorWord(text) && !/^#N\/?A$/i.test(text)) return false
      leaveOut(forNothing(column, text))
      return true
    },
    isNoPart(column, value) {
      const text = textOf(value)
      if (placeholders === 'send' || text === undefined || !known.has('externalId', text)) return false
      if (placeholders === 'drop') leaveOut(forNothing(column, text))
      else faults.push(refused(column, text))
      return true
    },
    leftOut: () => (found.length === 0 ? undefined : found),
  }
}

/** How messages call an identifier: `e-mail`, `mobile`, `id`. */
export function identifierWord(type: string): string {
  if (type === 'email') return 'e-mail'
  return type === 'externalId' || type === 'id' ? 'id' : type
}

function forNothing(word: string, text: string): Fault {
  // A word is nobody's, and reports may count it; what is quoted, they cut out.
  const isWord = !/[@\d’]/.test(text)
  const message = `The ${word} is left out: ${isWord ? `‘${text}’` : quoteValue(text)} stands for nothing.`
  return { message, kind: message, value: quoteValue(text) }
}

function refused(type: string, text: string): Fault {
  const quoted = quoteValue(text)
  const why = `stands for nothing; expected an identifier, or an empty cell`
  return {
    message: `${identifierWord(type)}: ${quoted} ${why}`,
    hint: 'The plan says `placeholders: invalid`; with `drop`, the row goes without it.',
    kind: `${identifierWord(type)}: ${quoted} ${why}`,
    value: quoted,
  }
}
