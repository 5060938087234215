import type { Json } from '../model.ts'
import { base64Within } from './base64-within.ts'

/**
 * Words of the API's without what they repeat of a member: each value (and each of its words) that a request or a row
 * holds stands as `…`, whatever its case, and also as URLs, JSON and base64 write it. For what is told to people who are not to
 * see members, and for messages that are to be counted together. Words that the API itself uses stay, though a cell may
 * hold them.
 */
export function withoutMember(text: string, held: Json): string {
  const lower = text.toLowerCase()
  let cleaned = text
  for (const [value, form] of valuesIn(held, BASE64.test(text))) {
    if (lower.includes(value)) cleaned = cleaned.replace(patternFor(value, form), '…')
  }
  return text.endsWith(' …') ? withoutBeginning(cleaned, held) : cleaned
}

/** Words without what may name anybody, whose data is not at hand: an e-mail address, or a number of six digits and more. */
export function withoutAnybody(text: string): string {
  return text.replaceAll(EMAIL, '…').replaceAll(LONG_NUMBER, '…')
}

const EMAIL = /[^\s"'<>(),;:]+@[^\s"'<>(),;:]+/gu
const LONG_NUMBER = /\+?\d{6,}/gu

/** Letters of both cases, or digits among them, as words do not have them: nearly every text is known by this to hold none. */
const BASE64 = /(?:[a-z][A-Z0-9]|[0-9][A-Za-z])[A-Za-z0-9+/_-]{4}/

/** Shorter ones say nothing of anybody, and stand in every second sentence. */
const SHORTEST = 3
/** From this length on, a value is found within other words as well. */
const DISTINCT = 6

/** In lower case and as they stand, longest first: one may be part of another. `encoded`: as base64 writes them, too. */
function valuesIn(held: Json, encoded: boolean): readonly (readonly [value: string, form: string])[] {
  const found = new Map<string, string>()
  collect(held, found)
  if (encoded) for (const form of [...found.values()].flatMap(encodedForms)) found.set(form.toLowerCase(), form)
  return [...found].toSorted(([a], [b]) => b.length - a.length)
}

function collect(value: Json, found: Map<string, string>): void {
  if (typeof value === 'object') {
    for (const item of Object.values(value ?? {})) collect(item, found)
    return
  }
  if (typeof value === 'boolean') return
  const text = String(value).trim()
  for (const form of [text, ...escapedForms(text), ...text.split(/\s+/u)]) {
    const lower = form.toLowerCase()
    if (lower.length >= SHORTEST && !VOCABULARY.has(lower)) found.set(lower, form)
  }
}

function encodedForms(text: string): readonly string[] {
  return text.length < DISTINCT ? [] : base64Within(text)
}

function escapedForms(text: string): readonly string[] {
  if (/^[\w .,-]*$/.test(text)) return []
  const ascii = text.replaceAll(/[^\u0020-\u007E]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
  return [encodeURIComponent(text.toWellFormed()), JSON.stringify(text).slice(1, -1), ascii]
}

/** There are letters whose lower case no pattern finds again in the upper one: İ. */
function patternFor(value: string, form: string): RegExp {
  const escaped = `(?:${RegExp.escape(form)}|${RegExp.escape(value)})`
  const source = value.length >= DISTINCT ? escaped : `(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`
  return new RegExp(source, 'giu')
}

/** A text that was cut may have been cut within a value. */
function withoutBeginning(text: string, held: Json): string {
  const end = text.slice(0, -2)
  const lower = end.toLowerCase()
  for (const [value] of valuesIn(held, BASE64.test(text))) {
    for (let length = value.length - 1; length >= SHORTEST; length--) {
      if (lower.endsWith(value.slice(0, length))) return `${end.slice(0, -length)}… …`
    }
  }
  return text
}

/** What the API's own messages and fields are made of, and many a plan's constants too. */
const VOCABULARY: ReadonlySet<string> = new Set(
  (
    'mobile email externalid external_id cardnumber cardexternalid card cards wechat userid user_id cuid customer ' +
    'customers member members instore ecommerce website web_engage facebook line mobile_app android ios all unknown ' +
    'loyalty non_loyalty active inactive merged user users name names first last firstname lastname source sources ' +
    'account accountid identifier identifiers type types value values profile profiles program programs programid ' +
    'partner partners tier tiers point points register registered registration enroll enrolled link linked linking ' +
    'already exists exist found not with for from the and same has was are is this that invalid valid required missing ' +
    'empty null true false none other error errors warning warnings success failed failure request response status ' +
    'code message key field fields format date phone number length must should can cannot could failure system ' +
    'service server internal unavailable limit exceeded allowed default custom extended'
  ).split(' '),
)
