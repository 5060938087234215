import { foldWord } from '../plan/fold-word.ts'
import { countryOfCode, isCountry, isCountryName } from '../plan/phone-countries.ts'
import type { SampledColumn } from './sample-columns.ts'

/** A column that holds several countries, by their two letters or in English. */
export function findCountries(columns: readonly SampledColumn[]): SampledColumn | undefined {
  return columns.find(({ values }) => {
    const different = new Set(values)
    return (
      different.size > 1 &&
      different.size <= MOST_COUNTRIES &&
      // Slovenia and Norway, or yes and no in Italian and Spanish.
      ![...different].every((value) => YES_OR_NO.has(value.toUpperCase())) &&
      [...different].every((value) => isCountry(value) || isCountryName(value))
    )
  })
}

const MOST_COUNTRIES = 60
const YES_OR_NO: ReadonlySet<string> = new Set(['SI', 'NO', 'NE', 'DA', 'JA', 'TAK'])

/** A column that holds the calling codes of the numbers in another one, and the countries that have them. */
export interface DialCodes {
  readonly column: SampledColumn
  readonly countries: readonly string[]
  /** Whether one of the codes may stand in front of a number already. */
  readonly mayBegin: (number: string) => boolean
}

/** The column of calling codes beside one of numbers; undefined where none is called so and holds such. */
export function findDialCodes(columns: readonly SampledColumn[]): DialCodes | undefined {
  for (const column of columns) {
    const codes = [...new Set(column.values)].map((value) => /^(?:\+|00)?(\d{1,3})$/.exec(value)?.[1])
    const countries = codes.map((code) => (code === undefined ? undefined : countryOfCode(code)))
    if (!NAMES.test(foldWord(column.name)) || codes.length === 0 || countries.includes(undefined)) continue
    return {
      column,
      countries: [...new Set(countries.filter((country) => country !== undefined))],
      mayBegin: (number) => number.length > LONGEST_USUAL && codes.some((code) => number.startsWith(code ?? '')),
    }
  }
  return undefined
}

/** Numbers without a code are longer in few countries. */
const LONGEST_USUAL = 10

/** In the languages of the API's regions, folded. */
const NAMES =
  /(?:country|dial|dialing|dialling|calling|isd|idd|phone|mobile|intl|international)(?:ing)?(?:code|prefix)|countrycode|^(?:isd|cc|ddi|prefix)$|vorwahl|indicatif|prefijo|prefisso|codigo(?:de)?pais|codigodopais|landcode|kodenegara|ulkekodu|кодстраны|رمزالدولة|كودالدولة|国番号|國碼|国家代码|區碼|국가번호|국가코드|รหัสประเทศ|mãquốcgia|maquocgia/
