import type { Json } from '../model.ts'
import { bareText } from './cell-shape.ts'
import { foldPlain } from './fold-text.ts'
import { dropInvisible, trimBlank } from './invisible.ts'
import { nothingHint } from './nothing-hint.ts'
import type { Filter, FilterMistake, Refuse } from './template.ts'
import { watchThousands } from './thousands-watch.ts'
import { keepsDigits } from './values.ts'

/**
 * `number [<locale>]`: a number as it stands, such as `-12.50`, or as a locale writes it, such as `12,34,567.50` in
 * `en-IN` or `1.234,5` in `de-DE`.
 */
export function makeNumberFilter(args: readonly string[]): Filter | FilterMistake {
  const [locale, ...rest] = args
  if (rest.length > 0) {
    return { mistake: 'The filter `number` is written `number`, or `number <locale>`, as in `number de-DE`.' }
  }
  if (locale === undefined) return plainFilter()
  const format = readLocale(locale)
  return 'mistake' in format ? format : { kind: 'read', read: localeReader(format) }
}

/** Reads numbers as they stand, and watches them for thousands. */
function plainFilter(): Filter {
  const thousands = watchThousands()
  const read = (value: Json, refuse: Refuse): Json | undefined => {
    if (typeof value === 'string') thousands.see(value)
    return readNumber(value, refuse)
  }
  return { kind: 'read', read, watches: [thousands] }
}

/**
 * A decimal number as it stands. No locale is guessed, so thousands separators are refused; so is a number with more
 * digits than a JSON number keeps, since that is an id and no quantity.
 */
export function readNumber(value: Json, refuse: Refuse): Json | undefined {
  if (typeof value === 'number') return value
  const why = 'is not a plain number; expected digits, with a decimal point at most, such as 12.5'
  if (typeof value !== 'string') return refuse(value, why)
  const whole = readDigits(value)
  if (whole !== undefined) return whole
  const text = PLAIN.test(value) ? value : plainText(value)
  if (PLAIN.test(text)) return toNumber(text, value, refuse)
  if (/^[+-]?\d[\d.,\s']*$/.test(text)) {
    const hint =
      '1,234 may mean 1234 or 1.234, so it is not guessed: say who writes so, as in `number en-IN` or `number de-DE`.'
    return refuse(value, why, hint)
  }
  return refuse(value, why, nothingHint(text) ?? besideHint(text))
}

/** What to do about a sign or a unit that stands beside a number, or brackets around it. */
function besideHint(text: string): string | undefined {
  if (/^\(\s*[\d.,\s]+\)$/.test(text)) return 'So accountants write what is below zero: write it with a minus.'
  const [, before = '', behind = ''] = /^(\D{0,4}?)\s?-?\d[\d.,\s']*?\s?(\D{0,12})$/.exec(text) ?? []
  const beside = before.trim() === '' ? behind.trim() : before.trim()
  if (!/[\p{L}\p{Sc}%]/u.test(beside) || (before.trim() !== '' && behind.trim() !== '')) return undefined
  return `A sign or a unit stands beside it: \`replace '${beside.replaceAll("'", "''")}' ''\` in front of \`number\` takes it away.`
}

/**
 * A cell's text with plain digits and signs, a minus in front (SAP has it behind), without what cannot be seen or keeps a
 * spreadsheet from calculating.
 */
function plainText(cell: string): string {
  const text = trimBlank(dropInvisible(foldPlain(cell))).replace('\u2212', '-')
  const bare = bareText(text)
  return bare.endsWith('-') && /^\d/.test(bare) ? `-${bare.slice(0, -1).trimEnd()}` : bare
}

/** A short row of digits, which most numbers are; undefined for all else. A pattern takes longer. */
function readDigits(text: string): number | undefined {
  if (text.length === 0 || text.length > 9) return undefined
  let number = 0
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48
    if (digit < 0 || digit > 9) return undefined
    number = number * 10 + digit
  }
  return number
}

const PLAIN = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d{1,3})?$/i

/** `text`: as `PLAIN` has it. */
function toNumber(text: string, value: Json, refuse: Refuse): number | undefined {
  const number = Number(text)
  const isExact = /e/i.test(text) ? Math.abs(number) <= Number.MAX_SAFE_INTEGER : keepsDigits(text, number)
  if (isExact) return number + 0
  const rounded = withoutNoise(text, number)
  if (rounded !== undefined) return rounded
  const hint = 'If it is an id or a card, take `number` out of the plan: the value is then sent as text.'
  return refuse(value, 'has more digits than a number can keep; expected fifteen digits at most', hint)
}

/**
 * The number that a program meant which writes its doubles with all their digits: 99999.99 of 99999.990000000002. Where the
 * first fifteen end in zeros, the others are what the binary form makes of it.
 */
function withoutNoise(text: string, number: number): number | undefined {
  if (!text.includes('.') || !Number.isSafeInteger(Math.trunc(number))) return undefined
  const rounded = number.toPrecision(15)
  return /00(?:e|$)/.test(rounded) ? Number(rounded) : undefined
}

/** How a locale writes numbers. */
interface NumberFormat {
  readonly locale: string
  readonly example: string
  /** A whole number text, with signs and separators as the locale has them. */
  readonly pattern: RegExp
  readonly group: RegExp
  readonly decimal: string
}

function readLocale(locale: string): NumberFormat | FilterMistake {
  const mistake = `There is no locale \`${locale}\`. It is a language and a country, as in \`number en-IN\` or \`number de-DE\`.`
  try {
    if (Intl.NumberFormat.supportedLocalesOf(locale).length === 0) return { mistake }
  } catch {
    return { mistake }
  }
  const format = new Intl.NumberFormat(locale, { numberingSystem: 'latn', minimumFractionDigits: 2 })
  // Five digits and more: some locales separate no thousands in less.
  const parts = format.formatToParts(1_234_567.89)
  const groups = parts.filter(({ type }) => type === 'integer').map(({ value }) => value.length)
  const separator = parts.find(({ type }) => type === 'group')?.value ?? ''
  const decimal = parts.find(({ type }) => type === 'decimal')?.value ?? '.'
  const last = groups.at(-1) ?? 3
  const middle = groups.at(-2) ?? 3
  const middleSize = groups.length > 2 ? middle : last
  const group = anyLike(separator)
  const whole =
    separator === ''
      ? String.raw`\d+`
      : String.raw`(?:\d{1,${middleSize}}(?:${group}\d{${middleSize}})*${group}\d{${last}}|\d+)`
  return {
    locale,
    example: format.format(1_234_567.89),
    pattern: new RegExp(
      String.raw`^[+-]?(?:${whole}(?:${escape(decimal)}\d+)?(?:e[+-]?\d{1,3})?|${escape(decimal)}\d+)$`,
      'i',
    ),
    group: separator === '' ? /(?!)/g : new RegExp(group, 'g'),
    decimal,
  }
}

function localeReader({
  locale,
  example,
  pattern,
  group,
  decimal,
}: NumberFormat): (value: Json, refuse: Refuse) => Json | undefined {
  return (value, refuse) => {
    if (typeof value === 'number') return value
    const text = typeof value === 'string' ? plainText(value) : ''
    if (!pattern.test(text)) {
      const why = `is not a number as ${locale} writes it; expected one such as ${example}`
      return refuse(value, why, nothingHint(text) ?? besideHint(text))
    }
    return toNumber(text.replaceAll(group, '').replace(decimal, '.'), value, refuse)
  }
}

/** A separator and what people type in its place: any space for a space, a straight apostrophe for a curved one. */
function anyLike(separator: string): string {
  if (/^\s$/.test(separator)) return String.raw`[ \u00a0\u202f]`
  return separator === '’' || separator === "'" ? `['’]` : escape(separator)
}

function escape(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
