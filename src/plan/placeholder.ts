import { readWords } from './fold-word.ts'
import { isCallingCode, nationalDigits } from './phone-countries.ts'
import {
  EXAMPLE_HOSTS,
  EXAMPLE_MAILBOXES,
  MAIL_HOSTS,
  NO_MAILBOX,
  NO_MAIL_HOST,
  PROVIDERS,
  TYPED_ADDRESSES,
  TYPED_NAMES,
  WITHOUT,
} from './placeholder-words.ts'
import { isWordForNoId, isWordForNothing, isWrittenForNothing, isZeros } from './words-for-nothing.ts'

/**
 * Whether an identifier is a placeholder: a word for nothing (`n/a`, `sin correo`, `-`), a number that is none
 * (`000000`, `9999999999`), or an address that is nobody's (`test@test.com`, `noemail@…`). `type`: as the API calls the
 * identifier. What may well be somebody's own, such as an id of the digits 9999, is none.
 */
export function isPlaceholder(type: string, value: string): boolean {
  switch (type) {
    case 'mobile':
      return isNoNumber(value)
    case 'email':
      return isNoAddress(value)
    default:
      return isNoId(value)
  }
}

function isNoNumber(value: string): boolean {
  const digits = isDigits(value) ? value : /^[\d\s()+./-]*$/.test(value) ? value.replaceAll(/\D/g, '') : ''
  if (digits === '') return isWordForNothing(value)
  if (isFiller(digits, SHORTEST_FILLER.number)) return true
  if (digits.length <= LONGEST_CODE) return isCodeAlone(value) || isNegative(value)
  // The end tells, and so few numbers go further that each may be looked at in full.
  if (!mayEndAsFiller(digits) || !/(\d)\1{4}$|(?:45678|56789|67890)$/.test(digits)) return false
  if (/^0{0,2}[1-9]\d{0,2}0{5,}$/.test(digits)) return true
  const national = nationalDigits(digits.replace(/^00/, ''))
  return national !== undefined && isFiller(national, SHORTEST_FILLER.number)
}

/** A country's calling code, which a form had put there, and no number behind it: `+91`, `0091 -`. */
function isCodeAlone(value: string): boolean {
  const [, code] = /^\s*\(?(?:\+|00)\s*(\d{1,3})\)?[\s-]*$/.exec(value) ?? []
  return code !== undefined && isCallingCode(code)
}

/** `-1`, `-99`: what programs for statistics write. */
function isNegative(value: string): boolean {
  return /^-(?:1|9+)$/.test(value)
}

function isNoId(value: string): boolean {
  if (isDigits(value)) return isFiller(value, SHORTEST_FILLER.id)
  if (!hasDigit(value)) return isWordsForNoId(value)
  // No word with a digit in it that programs write for nothing begins with a letter, and most ids do.
  return !beginsWithLetter(value) && (isNegative(value) || isZeros(value) || isWrittenForNothing(value))
}

function isWordsForNoId(value: string): boolean {
  // No id has such signs within.
  if (value.length <= 5 && /^(?:\p{L}\/\p{L}|k\. ?A\.)$/u.test(value)) return isWordForNothing(value)
  return isWordForNoId(value)
}

function isNoAddress(value: string): boolean {
  const at = value.indexOf('@')
  if (at < 0) return isDigits(value) ? isFiller(value, SHORTEST_FILLER.id) : isWordForNothing(value)
  const point = value.indexOf('.', at)
  const end = point < 0 ? value.length : point
  if (isNowhere(value)) return true
  if (MAILBOXES.has(value, 0, at) || HOSTS.has(value, at + 1, end)) return true
  if (WITHOUT_WORDS.has(value, 0, at) && MAILS.has(value, at + 1, end)) return true
  if (isNumbered(value, at) && isNumberedForNothing(value, at, end)) return true
  if (isTyped(value, at) && AT_PROVIDERS.has(value, at + 1, end)) return true
  if (at < SHORTEST_AT_GMAIL && /^g(?:oogle)?mail$/i.test(value.slice(at + 1, end))) {
    return isNoMailbox(value.slice(0, at))
  }
  const isNamedAlike = at === end - at - 1 && value.startsWith(value.slice(0, at), at + 1)
  if (isNamedAlike) return isNobodysName(value.slice(0, at))
  if (at === 1 && end === 3 && LETTERS.has(value.toLowerCase())) return true
  if (end <= LONGEST_TYPED && TYPED.has(value.slice(0, end).toLowerCase())) return true
  return EXAMPLES_AT.has(value, at + 1, end) && EXAMPLES.has(value, 0, at)
}

/**
 * At a host that there can be none of (RFC 2606): so programs take an address out of use, as Salesforce does in a copy of its
 * data (`asha@example.org.invalid`).
 */
function isNowhere(value: string): boolean {
  const last = value.charCodeAt(value.length - 1) | SMALL
  return last === LAST_OF_INVALID && value.slice(-'.invalid'.length).toLowerCase() === '.invalid'
}

/** `noemail17@…`, and `test1@test.com` at a host of the same name. */
function isNumberedForNothing(value: string, at: number, end: number): boolean {
  if (NUMBERED_MAILBOXES.hasNumbered(value, 0, at)) return true
  let to = at
  while (isNumbered(value, to)) to--
  if (to !== end - at - 1) return false
  const name = value.slice(0, to)
  return value.startsWith(name, at + 1) && isWordForNoId(name)
}

/** `test123`, `asdf`, `aaaaaa`, `123456`. */
function isTyped(value: string, at: number): boolean {
  if (TYPED_WORDS.has(value, 0, at) || (isNumbered(value, at) && TYPED_WORDS.hasNumbered(value, 0, at))) return true
  // Most begin with two different characters, and not with 12.
  const [first, second] = [value.charCodeAt(0), value.charCodeAt(1)]
  if (at < SHORTEST_TYPED || (first !== second && !(first === ZERO + 1 && second === ZERO + 2))) return false
  const name = value.slice(0, at)
  return isOneCharacter(name) || /^12345(?:6(?:7(?:8(?:90?)?)?)?)?$/.test(name)
}

/** Of a mailbox too short for its host: whether it is a word for nothing, or what a hand types that has none to type. */
function isNoMailbox(name: string): boolean {
  return isWordForNoId(name) || isDigits(name) || isOneCharacter(name) || /^(?:abcd?e?|xyz)$/i.test(name)
}

/** Zeros, one digit throughout, or the digits in their order: `least` digits of the latter two at least. */
function isFiller(digits: string, least: number): boolean {
  const isOne = isOneCharacter(digits)
  if (isOne && digits.charCodeAt(0) === ZERO) return true
  return digits.length >= least && (isOne || (mayCount(digits) && /^0?1234567(?:8(?:90?)?)?$/.test(digits)))
}

/** Whether the first two digits are 12 or 01: few are, and a pattern takes longer to say so. */
function mayCount(digits: string): boolean {
  const first = digits.charCodeAt(0)
  return first <= ZERO + 1 && digits.charCodeAt(1) === first + 1
}

/** Whether the last two digits are alike, or one follows the other. */
function mayEndAsFiller(digits: string): boolean {
  const last = digits.charCodeAt(digits.length - 1)
  const before = digits.charCodeAt(digits.length - 2)
  return last === before || last === before + 1 || (last === ZERO && before === ZERO + 9)
}

/** An address at a host of its own name: `na@na.com`, `abc@abc.com`, `email@email.com`. Families have such hosts, too. */
function isNobodysName(name: string): boolean {
  return name.length <= 3 || isDigits(name) || isOneCharacter(name) || isWordForNothing(name) || TYPED_WORDS.has(name)
}

function isOneCharacter(text: string): boolean {
  for (let at = 1; at < text.length; at++) if (text.charCodeAt(at) !== text.charCodeAt(0)) return false
  return true
}

function isDigits(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (!isDigit(text.charCodeAt(at))) return false
  return text !== ''
}

function hasDigit(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (isDigit(text.charCodeAt(at))) return true
  return false
}

function beginsWithLetter(text: string): boolean {
  const code = text.charCodeAt(0) | 32
  return code >= 97 && code <= 122
}

function isNumbered(text: string, end: number): boolean {
  return end > 0 && isDigit(text.charCodeAt(end - 1))
}

function isDigit(code: number): boolean {
  return code >= ZERO && code <= ZERO + 9
}

const ZERO = 48
const SMALL = 32
const LAST_OF_INVALID = 100
/** Fewer of one digit may be a short number, or an id of a file that counts from 1. */
const SHORTEST_FILLER = { number: 5, id: 9 }
/** Mailboxes have six characters there and more. */
const SHORTEST_AT_GMAIL = 6
/** Of a country's calling code, with 00 in front. */
const LONGEST_CODE = 5
/** Of one character throughout. */
const SHORTEST_TYPED = 3
/** Letters in their order, as in the form that an address has. Somebody may be called so at another host of one letter. */
const LETTERS: ReadonlySet<string> = new Set(['a@b', 'a@b.c', 'a@b.com', 'a@b.cd', 'x@y', 'x@y.z', 'x@y.com'])
/** `noemail17@…`: that there is none is said in words, and the number only tells one such from the next. */
const NUMBERED_MAILBOXES = readWords(
  ['no', 'sin', 'sem', 'sans', 'ohne', 'kein', 'keine', 'without', 'tanpa']
    .flatMap((without) => ['mail', 'email', 'correo', 'reply'].map((what) => without + what))
    .flatMap((name) => [name, `${name}id`])
    .join(' '),
)
const MAILBOXES = readWords(NO_MAILBOX)
const HOSTS = readWords(NO_MAIL_HOST)
const EXAMPLES = readWords(EXAMPLE_MAILBOXES)
const WITHOUT_WORDS = readWords(WITHOUT)
const MAILS = readWords(MAIL_HOSTS)
const TYPED: ReadonlySet<string> = new Set(TYPED_ADDRESSES.trim().split(/\s+/))
const LONGEST_TYPED = Math.max(...Array.from(TYPED, ({ length }) => length))
const TYPED_WORDS = readWords(TYPED_NAMES)
const AT_PROVIDERS = readWords(PROVIDERS)
const EXAMPLES_AT = readWords(EXAMPLE_HOSTS)
