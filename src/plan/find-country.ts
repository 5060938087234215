import { getCountries, isSupportedCountry } from 'libphonenumber-js/max'
import type { CountryCode } from 'libphonenumber-js/max'
import metadata from 'libphonenumber-js/max/metadata'
import { ALPHA_3 } from './country-codes.ts'
import { foldPlain } from './fold-text.ts'
import { foldWord } from './fold-word.ts'
import { LANGUAGES } from './month-names.ts'

/**
 * The country that a cell says: by its two letters (`IN`), its three (`IND`), its name in one of some forty languages, its
 * flag, or its calling code (`91`, `+91`, `0091`; of countries that share one, that which stands for all), or by a name
 * and a code that agree (`India (+91)`). Undefined where it says none.
 */
export function findCountry(cell: string): CountryCode | undefined {
  const found = known.get(cell)
  if (found !== undefined) return found
  const country = lookUp(foldPlain(cell).trim())
  if (country === undefined || cell.length > LONGEST_KEPT) return country
  if (known.size === MOST_KEPT) known.clear()
  known.set(cell, country)
  return country
}

/** A column has few countries, and each again and again. */
const known = new Map<string, CountryCode>()
const MOST_KEPT = 1_000
const LONGEST_KEPT = 60

function lookUp(text: string): CountryCode | undefined {
  if (text.length > LONGEST_KEPT) return undefined
  const flag = FLAG.exec(text)
  if (flag !== null) return sameAs(lettersOf(flag[0]), text.replace(FLAG, '').trim())
  const digits = DIGITS.exec(text)
  if (digits === null) return byName(text)
  const country = metadata.country_calling_codes[digits[1] ?? '']?.[0]
  // What stands around a code is a country's name, or signs.
  const rest = text.replace(DIGITS, ' ')
  if (!/\p{L}/u.test(rest)) return /^[\s()+-]*$/.test(rest) ? country : undefined
  const named = byName(rest)
  return named !== undefined && metadata.country_calling_codes[digits[1] ?? '']?.includes(named) === true
    ? named
    : undefined
}

/** A calling code, also as a float (`91.0`). */
const DIGITS = /(?<!\d)0{0,2}([1-9]\d{0,2})(?:\.0+)?(?!\d)/
const FLAG = /[\u{1F1E6}-\u{1F1FF}]{2}/u

/** `IN` of the two letters that a flag is written by. */
function lettersOf(flag: string): string {
  return Array.from(flag, (sign) => String.fromCharCode((sign.codePointAt(0) ?? 0) - 0x1f1e6 + 65)).join('')
}

/** The country of a flag, unless something else stands beside it. */
function sameAs(letters: string, rest: string): CountryCode | undefined {
  const country = byName(letters)
  if (rest === '') return country
  const other = lookUp(rest)
  if (country === undefined || other === undefined) return undefined
  return codeOf(country) === codeOf(other) ? country : undefined
}

function codeOf(country: CountryCode): string | undefined {
  return Object.entries(metadata.country_calling_codes).find(([, countries]) => countries.includes(country))?.[0]
}

function byName(text: string): CountryCode | undefined {
  const letters = text.trim().toUpperCase()
  if (/^[A-Z]{2}$/.test(letters) && isSupportedCountry(letters)) return letters
  const word = foldWord(text)
  if (word === '' || OF_SEVERAL.has(word)) return undefined
  others ??= readOthers()
  const other = others.get(word)
  if (other !== undefined) return other
  for (const language of LANGUAGES) {
    const country = namesIn(language).get(word)
    if (country !== undefined) return country
  }
  return undefined
}

/** What two countries are called. */
const OF_SEVERAL: ReadonlySet<string> = new Set(['congo'])

/** By folded names, those of a language made when it is first asked: all of them take a second. */
const names = new Map<string, ReadonlyMap<string, CountryCode>>()

function namesIn(language: string): ReadonlyMap<string, CountryCode> {
  const made = names.get(language)
  if (made !== undefined) return made
  const display = new Intl.DisplayNames(language, { type: 'region' })
  const found = new Map(getCountries().map((country) => [foldWord(display.of(country) ?? ''), country]))
  found.delete('')
  names.set(language, found)
  return found
}

let others: ReadonlyMap<string, CountryCode> | undefined

function readOthers(): ReadonlyMap<string, CountryCode> {
  const found = new Map<string, CountryCode>()
  const add = (name: string | undefined, country: string | undefined): void => {
    if (name !== undefined && country !== undefined && isSupportedCountry(country)) found.set(foldWord(name), country)
  }
  const codes = ALPHA_3.trim().split(/\s+/)
  for (let at = 0; at < codes.length; at += 2) add(codes[at], codes[at + 1])
  for (const line of OTHERS.trim().split('\n')) {
    const [country, ...called] = line.split(/ = |, /)
    for (const name of called) add(name, country)
  }
  return found
}

/** What Unicode does not have. */
const OTHERS = `
GB = UK, England, Scotland, Wales, Northern Ireland, Great Britain, Britain
GR = EL
US = U.S., United States of America, America, Estados Unidos de América, Vereinigte Staaten von Amerika
AE = UAE, Emirates
IN = Bharat, Republic of India
KR = Korea, South Korea, Republic of Korea, Korea Republic of, Korea (Republic of), Korea South
RU = Russian Federation
VN = Viet Nam
CZ = Czech Republic, Czechia
CI = Ivory Coast
NL = Holland, The Netherlands
TR = Turkey, Türkiye
MM = Burma, Myanmar
HK = Hong Kong, Hong Kong SAR
MO = Macau, Macao
CN = PRC, P.R. China, Mainland China, People's Republic of China
TW = Taiwan, 台灣, 臺灣, R.O.C., Taiwan Province of China
BN = Brunei Darussalam
LA = Lao PDR, Lao People's Democratic Republic
IR = Iran, Islamic Republic of Iran
SY = Syrian Arab Republic
TZ = United Republic of Tanzania
BO = Plurinational State of Bolivia
VE = Bolivarian Republic of Venezuela
MD = Republic of Moldova
SZ = Swaziland
CV = Cape Verde
MK = Macedonia
PS = Palestine
SA = KSA, Saudi
CD = DRC
`
