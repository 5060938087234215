import type { Json, LinkRequest, RegisterRequest } from '../model.ts'
import { isList, isRecord } from './coerce.ts'

/** What the API would make of a value, told before it is sent. Names the field and quotes no value. */
export interface Foreseen {
  readonly message: string
  /** The API cuts or drops it and says nothing: what is done is done with a loss. Otherwise its reply tells. */
  readonly silent: boolean
}

/**
 * What a registration would lose, by the API's rules for fields (capillary-facts.md, section 7): names of 100
 * characters at most, of letters, digits, spaces, hyphens and apostrophes; e-mails of 255; mobiles of digits alone with
 * their country code; no empty or "null" extended fields; dates of expiry that are still to come. `now`: milliseconds
 * since the epoch.
 */
export function foreseeRegisterLosses({ body }: RegisterRequest, now: number): readonly Foreseen[] {
  const found: Foreseen[] = []
  if (!isRecord(body)) return found
  const { profiles, extendedFields, loyaltyProgramEnrollments: enrolments } = body
  if (isList(profiles)) for (const profile of profiles) if (isRecord(profile)) foreseeProfile(profile, found)
  if (isRecord(extendedFields)) foreseeExtendedFields(extendedFields, found)
  if (isList(enrolments)) {
    for (const enrolment of enrolments) {
      if (isRecord(enrolment) && isPast(enrolment['tierExpiryDate'], now)) add(found, TIER_EXPIRED)
    }
  }
  return found
}

/** The same for a link: its API refuses a tier that expired before today. */
export function foreseeLinkLosses({ linkToPartnerPrograms }: LinkRequest, now: number): readonly Foreseen[] {
  const found: Foreseen[] = []
  for (const program of linkToPartnerPrograms) {
    const reference = isRecord(program) ? program['customerPartnerReference'] : undefined
    if (isRecord(reference) && isPast(reference['partnerTierExpiryDate'], now)) add(found, PARTNER_TIER_EXPIRED)
  }
  return found
}

type Fields = { readonly [name: string]: Json }

function foreseeProfile({ firstName, lastName, identifiers, commChannels, source }: Fields, found: Foreseen[]): void {
  foreseeName('firstName', firstName, found)
  foreseeName('lastName', lastName, found)
  if (isList(identifiers)) for (const each of identifiers) if (isRecord(each)) foreseeAddress(each, found)
  if (isList(commChannels)) for (const each of commChannels) if (isRecord(each)) foreseeAddress(each, found)
  if (typeof source === 'string' && source !== source.toUpperCase()) add(found, SOURCE_IN_LOWER_CASE)
}

function foreseeName(field: 'firstName' | 'lastName', value: Json | undefined, found: Foreseen[]): void {
  if (typeof value !== 'string') return
  if (value.length > LONGEST_NAME) add(found, LONG_NAME[field])
  if (!isPlain(value, IN_NAME) && !NAME.test(value)) add(found, ODD_NAME[field])
}

/** An identifier, or a channel to reach the member by. */
function foreseeAddress({ type, value }: Fields, found: Foreseen[]): void {
  if (typeof value !== 'string') return
  if (type === 'mobile') {
    const { length } = value
    if (length < 7 || length > 15 || value.startsWith('0') || !isPlain(value, DIGIT)) add(found, ODD_MOBILE)
  } else if (type === 'email') {
    if (value.length > LONGEST_EMAIL) add(found, LONG_EMAIL)
    if (!isPlain(value, IN_EMAIL) || !hasHost(value)) add(found, ODD_EMAIL)
  }
}

function foreseeExtendedFields(fields: Fields, found: Foreseen[]): void {
  for (const name in fields) {
    const value = fields[name]
    if (value === null || value === '' || (typeof value === 'string' && value.length === 4 && NULL.test(value))) {
      add(found, { message: `extendedFields.${name} is empty or "null": the API drops it`, silent: true })
    }
  }
}

/** Days are compared as they are written: a tier that ends today has not ended. Most are to come, which shows at once. */
function isPast(value: Json | undefined, now: number): boolean {
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

function add(found: Foreseen[], what: Foreseen): void {
  if (!found.some(({ message }) => message === what.message)) found.push(what)
}

/** Whether a text holds these ASCII characters alone. Most do, and a pattern takes longer to say so. */
function isPlain(text: string, kind: number): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 128 || ((KINDS[code] as number) & kind) === 0) return false
  }
  return true
}

/** One `@`, with something before it, and behind it something with a point inside. */
function hasHost(email: string): boolean {
  const at = email.indexOf('@')
  const point = email.lastIndexOf('.')
  return at > 0 && point > at + 1 && point < email.length - 1 && !email.includes('@', at + 1)
}

const LONGEST_NAME = 100
const LONGEST_EMAIL = 255
/** By ASCII character, what it may stand in. */
const DIGIT = 1
const IN_NAME = 2
const IN_EMAIL = 4
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  const digit = /\d/.test(character) ? DIGIT : 0
  return digit | (/[\da-z '-]/i.test(character) ? IN_NAME : 0) | (/[\da-z\-_+.@]/i.test(character) ? IN_EMAIL : 0)
})
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
const TIER_EXPIRED = { message: 'tierExpiryDate is past', silent: false }
const PARTNER_TIER_EXPIRED = {
  message: 'partnerTierExpiryDate is past: the API links only tiers that end today or later',
  silent: false,
}

function longName(field: string): Foreseen {
  return { message: `${field} is longer than ${LONGEST_NAME} characters: the API cuts it`, silent: true }
}

function oddName(field: string): Foreseen {
  const message = `${field} holds signs other than letters, digits, spaces, hyphens and apostrophes: the API may drop them`
  return { message, silent: false }
}
