import type { Json } from '../model.ts'
import { isEmailForm, isMobileForm, isPlainName } from '../outside/api-forms.ts'
import { isList, isRecord } from './coerce.ts'

/** What the API would make of a value, said before it is sent. Names the field and quotes no value. */
export interface PredictedLoss {
  readonly message: string
  /** The API cuts or drops it and says nothing: what is done is done with a loss. Otherwise its reply tells. */
  readonly silent: boolean
}

/** An object of a request's body. */
export type Fields = { readonly [name: string]: Json }

/**
 * What a member's profile would lose, by the API's rules for fields (capillary-facts.md, section 7): names of 100
 * characters at most, of letters, digits, spaces, hyphens and apostrophes; e-mails of 255; mobiles of digits alone with
 * their country code. Adds to `found` what is not there yet.
 */
export function predictProfile(
  { firstName, lastName, identifiers, commChannels, source }: Fields,
  found: PredictedLoss[],
): void {
  predictName('firstName', firstName, found)
  predictName('lastName', lastName, found)
  if (isList(identifiers)) for (const each of identifiers) if (isRecord(each)) predictAddress(each, found)
  if (isList(commChannels)) for (const each of commChannels) if (isRecord(each)) predictAddress(each, found)
  if (typeof source === 'string' && source !== source.toUpperCase()) addLoss(found, SOURCE_IN_LOWER_CASE)
}

function predictName(field: 'firstName' | 'lastName', value: Json | undefined, found: PredictedLoss[]): void {
  if (typeof value !== 'string') return
  if (value.length > LONGEST_NAME) addLoss(found, LONG_NAME[field])
  if (!isPlainName(value) && !NAME.test(value)) addLoss(found, ODD_NAME[field])
}

/** An identifier, or a channel to reach the member by. */
function predictAddress({ type, value }: Fields, found: PredictedLoss[]): void {
  if (typeof value !== 'string') return
  if (type === 'mobile') {
    if (!isMobileForm(value)) addLoss(found, ODD_MOBILE)
  } else if (type === 'email') {
    if (value.length > LONGEST_EMAIL) addLoss(found, LONG_EMAIL)
    if (!isEmailForm(value)) addLoss(found, ODD_EMAIL)
  }
}

/** The same for extended fields: empty and "null" ones are dropped. */
export function predictExtendedFields(fields: Fields, found: PredictedLoss[]): void {
  for (const name in fields) {
    const value = fields[name]
    if (value === null || value === '' || (typeof value === 'string' && value.length === 4 && NULL.test(value))) {
      addLoss(found, { message: `extendedFields.${name} is empty or "null": the API drops it`, silent: true })
    }
  }
}

/** Days are compared as they are written: a tier that ends today has not ended. Most are to come, which shows at once. */
export function isPast(value: Json | undefined, now: number): boolean {
  if (typeof value !== 'string') return false
  const today = dayOf(now)
  return value < today && !value.startsWith(today) && DAY.test(value)
}

let lastNow = Number.NaN
let lastDay = ''

function dayOf(now: number): string {
  if (now !== lastNow) {
    lastNow = now
    lastDay = new Date(now).toISOString().slice(0, 10)
  }
  return lastDay
}

/** Adds what is not there yet. */
export function addLoss(found: PredictedLoss[], what: PredictedLoss): void {
  if (!found.some(({ message }) => message === what.message)) found.push(what)
}

const LONGEST_NAME = 100
const LONGEST_EMAIL = 255
const NAME = /^[\p{L}\p{M}\p{N} '’-]*$/u
const NULL = /^null$/i
const DAY = /^\d{4}-\d\d-\d\d/

const LONG_NAME = { firstName: longName('firstName'), lastName: longName('lastName') }
const ODD_NAME = { firstName: oddName('firstName'), lastName: oddName('lastName') }
const LONG_EMAIL = { message: `an e-mail is longer than ${LONGEST_EMAIL} characters: the API drops it`, silent: true }
const ODD_EMAIL = {
  message: 'an e-mail has another form than the API takes (letters, digits and - _ + . @): it may drop it',
  silent: false,
}
const ODD_MOBILE = {
  message: 'a mobile is not 7 to 15 digits with the country code: the API may drop or refuse it',
  silent: false,
}
const SOURCE_IN_LOWER_CASE = {
  message: 'source is not in capitals: the API knows INSTORE, and not Instore',
  silent: false,
}

function longName(field: string): PredictedLoss {
  return { message: `${field} is longer than ${LONGEST_NAME} characters: the API cuts it`, silent: true }
}

function oddName(field: string): PredictedLoss {
  const message = `${field} holds signs other than letters, digits, spaces, hyphens and apostrophes: the API may drop them`
  return { message, silent: false }
}
