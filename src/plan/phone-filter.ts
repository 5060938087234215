import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import type { CountryCode } from 'libphonenumber-js/max'
import metadata from 'libphonenumber-js/max/metadata'
import type { Json } from '../model.ts'
import type { Filter, FilterMistake, Refuse } from './template.ts'
import { textOf } from './values.ts'

/**
 * `phone <country>`: a number in the country's own form, or in the international one, becomes digits with the country
 * code and no `+`. The full metadata is used, since the small one takes `1234567890` for an Indian mobile.
 */
export function makePhoneFilter(args: readonly string[]): Filter | FilterMistake {
  const [argument, ...rest] = args
  const country = argument?.toUpperCase()
  if (country === undefined || rest.length > 0 || !isSupportedCountry(country)) {
    const found = args.length === 0 ? '' : `; found \`${args.join(' ')}\``
    return { mistake: `The filter \`phone\` takes a country's two letters, as in \`phone IN\`${found}.` }
  }
  const readQuickly = makeQuickReader(country)
  const name = new Intl.DisplayNames('en', { type: 'region' }).of(country) ?? country
  const why = `is not a phone number; expected one of ${name}, or an international one that begins with +`
  const read = (value: Json, refuse: Refuse): Json | undefined => {
    const text = textOf(value)?.trim()
    if (text === undefined) return refuse(value, why)
    return readQuickly?.(text) ?? readFully(text, country) ?? refuse(value, why)
  }
  return { kind: 'read', read }
}

/** The library's own reading. A number with an extension is no member's number, and dropping it would hide that. */
function readFully(text: string, country: CountryCode): string | undefined {
  const number = parsePhoneNumberFromString(text, { defaultCountry: country, extract: false })
  if (number === undefined || number.ext !== undefined || !number.isValid()) return undefined
  return number.number.slice(1)
}

/**
 * Reads what is plainly a mobile number of the country in a fiftieth of the library's time, by the library's own
 * patterns; undefined sends the text to the library. For countries that share their calling code, there is none.
 * Test "reads quickly what the library reads" holds the two together.
 */
function makeQuickReader(country: CountryCode): ((text: string) => string | undefined) | undefined {
  const patterns = readPatterns(country)
  if (patterns === undefined) return undefined
  const { code, general, mobile, prefix, abroad } = patterns
  return (text) => {
    if (text.startsWith('+')) {
      const rest = text.slice(1 + code.length)
      return text.startsWith(code, 1) && mobile.test(rest) ? code + rest : undefined
    }
    if (abroad.test(text)) return undefined
    if (mobile.test(text)) return code + text
    if (!text.startsWith(code) || general.test(text) || prefix.test(text)) return undefined
    return mobile.test(text.slice(code.length)) ? text : undefined
  }
}

interface Patterns {
  readonly code: string
  readonly general: RegExp
  /** A mobile number that also fits the general pattern, and does not begin with the prefix. */
  readonly mobile: RegExp
  readonly prefix: RegExp
  readonly abroad: RegExp
}

/** The places of version 4 of the metadata; anything else, and every number goes to the library. */
function readPatterns(country: CountryCode): Patterns | undefined {
  const plan: readonly unknown[] | undefined = metadata.countries[country]
  if (metadata.version !== 4 || plan === undefined) return undefined
  const [code, abroad, general] = plan
  const types: unknown = plan[11]
  const mobileType: unknown = Array.isArray(types) ? types[1] : undefined
  const mobile: unknown = Array.isArray(mobileType) ? mobileType[0] : undefined
  if (typeof code !== 'string' || typeof abroad !== 'string') return undefined
  if (typeof general !== 'string' || typeof mobile !== 'string') return undefined
  if (metadata.country_calling_codes[code]?.length !== 1) return undefined
  const prefix = [plan[7], plan[5]].find((pattern) => typeof pattern === 'string' && pattern !== '')
  const prefixed = typeof prefix === 'string' ? `^(?:${prefix})` : '(?!)'
  return {
    code,
    general: new RegExp(`^(?:${general})$`),
    mobile: new RegExp(`^(?!${prefixed})(?=(?:${general})$)(?:${mobile})$`),
    prefix: new RegExp(prefixed),
    abroad: new RegExp(`^(?:${abroad})`),
  }
}
