import { isErrorWord } from '../outside/spreadsheet-errors.ts'
import { isBetweenSigns } from './between-signs.ts'
import { foldPlain } from './fold-text.ts'
import { type Words, foldWord, readWords } from './fold-word.ts'
import { trimBlank } from './invisible.ts'
import { NAMES_IN_FORMS, NOTHING_ANYWHERE, NOTHING_IN_AN_ADDRESS, WRITTEN_FOR_NOTHING } from './placeholder-words.ts'

/**
 * Whether a cell holds a word that programs and people write for nothing: NULL, \\N, N/A, NaT, none, unknown, k.A., 不明 …,
 * one letter throughout, signs alone (`-`, `?`, `....`), or a spreadsheet's error. Zeros are `isZeros`. A family name may
 * be such a word (Null, Nil), so of names it proves nothing.
 */
export function isWordForNothing(text: string): boolean {
  return isNothing(text, IN_AN_ADDRESS)
}

/** The same in any column, where what forms call their fields (`Name`, `Guest`) may be a value. */
export function isWordForNoValue(text: string): boolean {
  return isNothing(text, IN_A_CELL)
}

/** The same where a member's id or user name is expected, which may be a word: those are left out that might be one. */
export function isWordForNoId(text: string): boolean {
  return isNothing(text, ANYWHERE)
}

/**
 * Whether a text is how a database, a program's language (`.a` is Stata's) or a spreadsheet writes that there is nothing,
 * or an error; also a word for it between signs (`-None-`, `<nil>`).
 */
export function isWrittenForNothing(text: string): boolean {
  if (WRITTEN_FOR_NOTHING.has(text) || isErrorWord(text) || isBetweenSigns(text)) return true
  return text.length === 2 && /^\.[a-z]$/i.test(text)
}

/** Nothing but zeros: `0`, `000000`, `0.0`, `00-00`, also as .NET writes a GUID in braces. */
export function isZeros(text: string): boolean {
  return text.length < LONGEST && /^\{?[+-]?0(?:[\s().,/-]*0)*\}?$/.test(trimBlank(foldPlain(text)))
}

/**
 * A date of zeros, as MySQL (`0000-00-00`), SAP (`00000000`), Outlook (`0/0/00`), spreadsheets (`00/01/1900`, `1/0/1900`) and
 * PHP (`-0001-11-30`) write that there is none.
 */
export function isNoDay(text: string): boolean {
  switch (text.charCodeAt(0)) {
    case ZERO:
      return text.length >= SHORTEST_DAY && NO_DAY.test(text)
    case ZERO + 1:
      // Most such are phones and dates.
      return (
        (text.startsWith('1/0/') || text.startsWith('1900')) && /^(?:1\/0\/(?:19)?00|1900[-/.]0?1[-/.]00?)$/.test(text)
      )
    case ZERO + 3:
      return text.startsWith('30') && /^30([-/.])11\1-0001$/.test(text)
    case MINUS:
      return /^-0001-11-30(?:[T ]00:00:00)?$/.test(text)
    default:
      return false
  }
}

const ZERO = 48
const MINUS = 45
const SHORTEST_DAY = '0/0/00'.length
const NO_DAY =
  /^(?:0000(?<a>[-/.])00\k<a>00|00?(?<b>[-/.])(?:00?\k<b>(?:00){1,2}|0?1\k<b>1900|jan\k<b>(?:19)?00)|01\/00\/1900|0{8})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/i

function isNothing(text: string, words: Words): boolean {
  if (text.length > LONGEST) return false
  // What begins with a letter is a word, and few letters begin with two alike: most texts need no second look.
  if (isAsciiLetter(text.charCodeAt(0))) return words.has(text) || (isAlike(text) && isOneLetter(text))
  if (trimBlank(text) === '') return false
  return words.has(text) || isOneLetter(text) || isWrittenForNothing(text) || foldWord(text) === ''
}

function isAsciiLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90)
}

/** Whether its first two characters are one, in capitals or not; of a single one, they are. */
function isAlike(text: string): boolean {
  return text.length === 1 || (text.charCodeAt(0) | CAPITAL) === (text.charCodeAt(1) | CAPITAL)
}

const CAPITAL = 32

/** `x`, `xx`, `ZZZZ`, `xxx-xxx-xxxx`; an id of one or two other letters may be one. */
function isOneLetter(text: string): boolean {
  return /^(?:x{1,2}|\(?x(?:[\s().-]*x)+|(\p{L})\1{2,})$/iu.test(text)
}

/** The longest of the words, with what people put between and around their letters. */
const LONGEST = 40
const ANYWHERE = readWords(NOTHING_ANYWHERE)
const IN_A_CELL = readWords(NOTHING_ANYWHERE + NOTHING_IN_AN_ADDRESS)
const IN_AN_ADDRESS = readWords(NOTHING_ANYWHERE + NOTHING_IN_AN_ADDRESS + NAMES_IN_FORMS)
