import { type FoundName, NameTable } from './name-table.ts'

/** In English, as they are written where a date is. */
export const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]

/**
 * The month, counted from 1, whose name the text has at a place: written out or short, in English or one of the languages
 * below. `calendar`: whose months, by its name in Unicode, as `gregory` or `persian`.
 */
export function findMonth(text: string, at: number, calendar: string): FoundName | undefined {
  if (calendar !== 'gregory') return namesOf(calendar).findAt(text, at)
  return findEnglish(text, at) ?? namesOf(calendar).findAt(text, at) ?? findRoman(text, at)
}

/** `V` of 10.V.1988, as Poland and Hungary write it. */
function findRoman(text: string, at: number): FoundName | undefined {
  const numeral = /^[IVX]{1,4}(?!\p{L})/u.exec(text.slice(at, at + 5))?.[0]
  const value = numeral === undefined ? 0 : ROMAN.indexOf(numeral) + 1
  return value === 0 || numeral === undefined ? undefined : { value, length: numeral.length }
}

const ROMAN = 'I II III IV V VI VII VIII IX X XI XII'.split(' ')

/** Three letters: most of what is read. */
function findEnglish(text: string, at: number): FoundName | undefined {
  if (isLetter(text.charCodeAt(at + 3))) return undefined
  const value = SHORT.get(text.slice(at, at + 3).toLowerCase())
  return value === undefined ? undefined : { value, length: 3 }
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code > 127
}

const SHORT = new Map(MONTHS.map((name, index) => [name.slice(0, 3).toLowerCase(), index + 1]))

/** Languages of the API's regions and their neighbours, with countries that call months otherwise. */
export const LANGUAGES =
  'en en-GB hi bn mr ta te gu kn ml pa ur id ms vi th fil zh ja ko ar ar-LB ar-DZ ar-MA fa he de de-AT fr es es-UY pt it nl sv da nb fi pl cs sk hu ro hr sr bg ru uk el tr et lv lt sl sw'.split(
    ' ',
  )
/** So many that one falls in each month of any calendar. */
const SOME_DAYS = Array.from({ length: 38 }, (_, index) => Date.UTC(2024, 0, 5 + index * 10))

/** What programs write and Unicode does not have: SAP and older Windows in German, and much of English. */
const OTHERS = [
  ['sept', 9],
  ['mrz', 3],
  // Indonesian, as it was written before and is typed.
  ['agt', 8],
  ['ags', 8],
  ['peb', 2],
  ['pebruari', 2],
  ['nop', 11],
  ['nopember', 11],
] as const

const tables = new Map<string, NameTable>()

/** Made when the first name comes that is not English: it takes a tenth of a second. */
function namesOf(calendar: string): NameTable {
  let table = tables.get(calendar)
  if (table === undefined) tables.set(calendar, (table = readNames(calendar)))
  return table
}

function readNames(calendar: string): NameTable {
  const table = new NameTable()
  const numbers = new Intl.DateTimeFormat(`en-u-ca-${calendar}-nu-latn`, { month: 'numeric', timeZone: 'UTC' })
  const days = SOME_DAYS.map((day) => ({ day, month: Number.parseInt(numbers.format(day), 10) }))
  for (const language of LANGUAGES) {
    for (const month of ['long', 'short'] as const) {
      // With a day beside it, a month stands in another case in Slavic languages and Greek.
      for (const beside of [{}, { day: 'numeric', year: 'numeric' }] as const) {
        const locale = `${language}-u-ca-${calendar}-nu-latn`
        const names = new Intl.DateTimeFormat(locale, { ...beside, month, timeZone: 'UTC' })
        for (const each of days) {
          table.add(names.formatToParts(each.day).find(({ type }) => type === 'month')?.value ?? '', each.month)
        }
      }
    }
  }
  if (calendar === 'gregory') for (const [name, month] of OTHERS) table.add(name, month)
  return table
}
