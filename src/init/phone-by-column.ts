import { findCountry } from '../plan/find-country.ts'
import { makeFilter } from '../plan/filters.ts'
import { foldWord } from '../plan/fold-word.ts'
import { meaningOf } from './recognise-header.ts'
import type { SampledColumn } from './sample-columns.ts'

/** A column that says of which country each phone is. */
export interface PhoneCountries {
  readonly column: SampledColumn
  /** Those of the phones that need one. */
  readonly countries: readonly string[]
  /** Phones that are mobiles so: digits of a fixed line may be of anywhere. */
  readonly read: number
  /** Phones that are looked at. */
  readonly tried: number
  /** The country of rows that say none; absent where they have to. */
  readonly otherwise?: string
}

/**
 * The column beside a column of phones by which most of them are mobiles, each of the country that stands in its
 * row; undefined where none holds countries, or the numbers say it themselves.
 */
export function findPhoneCountries(
  phones: SampledColumn,
  columns: readonly SampledColumn[],
  limits: Limits,
): PhoneCountries | undefined {
  const found = columns
    .filter((column) => column !== phones && holdsCountries(column))
    .flatMap((column) => tryColumn(phones, column, limits) ?? [])
  // What is called a phone's own comes first; of those that read as many, the nearest: a second phone has its own.
  const place = columns.indexOf(phones)
  const isOwn = ({ column, read, tried }: PhoneCountries) => Number(isOfPhones(column) && read * 2 >= tried)
  const distance = ({ column }: PhoneCountries) => Math.abs(columns.indexOf(column) - place)
  return found.toSorted((a, b) => isOwn(b) - isOwn(a) || b.read - a.read || distance(a) - distance(b))[0]
}

function tryColumn(
  phones: SampledColumn,
  column: SampledColumn,
  { country, most }: Limits,
): PhoneCountries | undefined {
  const own = column.cells ?? column.values
  const rows = (phones.cells ?? phones.values).flatMap((phone, at) => (phone === '' ? [] : [[phone, own[at] ?? '']]))
  const counts = new Map<string, number>()
  let isOpen = false
  for (const [phone = '', cell = ''] of rows) {
    if (phone.startsWith('+')) continue
    const found = findCountry(cell)
    if (found === undefined) isOpen = true
    else counts.set(found, (counts.get(found) ?? 0) + 1)
  }
  const [only, another] = counts.keys()
  if (only === undefined) return undefined
  const otherwise = country ?? (isOpen && another === undefined ? only : undefined)
  const args = [column.name, ...(otherwise === undefined ? [] : ['else', otherwise])]
  const filter = makeFilter('phone', ['by', ...args, 'mobile'], { tables: new Map(), earlier: [] })
  if ('mistake' in filter || filter.kind !== 'beside') return undefined
  const tried = rows.slice(0, most)
  const read = tried.filter(([phone = '', cell = '']) => {
    const number = filter.read(phone, cell === '' ? undefined : cell, { refuse: none, refuseOther: none, doubt() {} })
    return number !== undefined
  })
  return {
    column,
    countries: [...counts.keys()],
    read: read.length,
    tried: tried.length,
    ...(otherwise !== undefined && { otherwise }),
  }
}

interface Limits {
  /** That of the rows which say none, where somebody has said it. */
  readonly country?: string | undefined
  /** Phones that are looked at. */
  readonly most: number
}

function none(): undefined {
  return undefined
}

/** Whether a header says that a column holds countries, and most of its values are some. */
function holdsCountries({ name, values }: SampledColumn): boolean {
  if (values.length === 0) return false
  const meaning = meaningOf(name)
  const isNamed = meaning === 'country' || (meaning !== 'other' && NAMES.test(foldWord(name))) || isOfPhones({ name })
  if (!isNamed && !values.every((value) => /^(?:\+|00)[1-9]\d{0,2}$/.test(value))) return false
  const different = [...new Set(values)].slice(0, MOST_TRIED)
  return different.filter((value) => findCountry(value) !== undefined).length > different.length / 2
}

const MOST_TRIED = 60

function isOfPhones({ name }: Pick<SampledColumn, 'name'>): boolean {
  return DIAL_CODES.test(foldWord(name))
}

const NAMES = /country|nation(?!al)|^(?:land|pays|pais|paese|negara|ulke|kraj|cc|iso|iso2|iso3)$/
/** In the languages of the API's regions, folded. */
const DIAL_CODES =
  /(?:country|dial|dialing|dialling|calling|isd|idd|phone|mobile|intl|international)(?:ing)?(?:code|prefix)|countrycode|(?:phone|mobile|tel)country|^(?:isd|ddi|prefix)$|vorwahl|indicatif|prefijo|prefisso|codigo(?:de)?pais|codigodopais|landcode|kodenegara|ulkekodu|кодстраны|رمزالدولة|كودالدولة|国番号|國碼|国家代码|區碼|국가번호|국가코드|รหัสประเทศ|mãquốcgia|maquocgia/
