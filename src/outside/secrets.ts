import { base64Within } from './base64-within.ts'

/** The secrets of this process, for taking them out of words that may repeat them. */
export interface Secrets {
  /** Another one, such as a token; of those that were added, the latest few are kept. */
  add(secret: string): void
  /** The text with `***` in the place of each secret, in whichever form it stands there. */
  conceal(text: string): string
}

/**
 * Finds secrets in plain, within JSON, URLs and HTML, and in base64, also where that holds more than the secret. One of
 * fewer than 8 characters is taken out only where it stands by itself, and one of fewer than 4 only in quotes or as the
 * value of something (`key=abc`): anywhere else it would be part of words.
 */
export function keepSecrets(secrets: readonly string[]): Secrets {
  const kept = formsOfAll(secrets)
  const added: (readonly Form[])[] = []
  let forms = kept
  return {
    add(secret) {
      if (secret === '' || added.some(([plain]) => plain?.text === secret)) return
      added.push(formsOf(secret))
      if (added.length > MOST_ADDED) added.shift()
      forms = longestFirst([...kept, ...added.flat()])
    },
    conceal(text) {
      let concealed = text
      for (const { text: form, pattern } of forms) {
        if (concealed.includes(form)) concealed = concealed.replaceAll(pattern ?? form, STARS)
      }
      return concealed.endsWith(CUT) ? concealBeginning(concealed, forms) : concealed
    },
  }
}

const STARS = '***'
/** As `cutText` ends what it cut. */
const CUT = ' …'
/** What is left of a secret says nothing of it where it is shorter. */
const TELLING = 5
const MOST_ADDED = 8

/** A text that stands for a secret. `pattern`: it is taken out only where this matches. */
interface Form {
  readonly text: string
  readonly pattern?: RegExp
}

/** A text that was cut may have been cut within a secret. */
function concealBeginning(text: string, forms: readonly Form[]): string {
  const end = text.slice(0, -CUT.length)
  for (const { text: form, pattern } of forms) {
    if (pattern !== undefined) continue
    for (let length = Math.min(form.length, end.length); length >= TELLING; length--) {
      if (end.endsWith(form.slice(0, length))) return `${end.slice(0, -length)}${STARS}${CUT}`
    }
  }
  return text
}

function formsOfAll(secrets: readonly string[]): readonly Form[] {
  return longestFirst(secrets.filter((secret) => secret !== '').flatMap(formsOf))
}

/** One secret may hold another, or be its beginning. */
function longestFirst(forms: readonly Form[]): readonly Form[] {
  return forms.toSorted((a, b) => b.text.length - a.text.length)
}

/** The secret itself comes first. */
function formsOf(secret: string): readonly Form[] {
  const plain = [secret, ...quotedForms(secret)]
  const texts = new Set(secret.length < ALONE ? plain : [...plain, ...base64Forms(secret)])
  return [...texts].map((text) => ({ text, ...patternOf(text, secret) }))
}

const ALONE = 8
const IN_QUOTES = 4

function patternOf(text: string, secret: string): { readonly pattern?: RegExp } {
  if (secret.length >= ALONE) return {}
  const escaped = RegExp.escape(text)
  if (secret.length >= IN_QUOTES)
    return { pattern: new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'gu') }
  return { pattern: new RegExp(`(?<=["'\`=]|: ?)${escaped}(?=["'\`&,;\\s]|$)`, 'gu') }
}

/** As JSON, URLs, forms and HTML write it. PHP escapes each slash in JSON, Go what HTML would read. */
function quotedForms(secret: string): readonly string[] {
  const json = JSON.stringify(secret).slice(1, -1)
  const url = encodeURIComponent(secret.toWellFormed())
  return [
    json,
    json.replaceAll('/', '\\/'),
    json.replaceAll(/[<>&]/g, asEscape),
    url,
    url.replaceAll('%20', '+'),
    url.replaceAll(/%../g, (code) => code.toLowerCase()),
    secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
  ]
}

function asEscape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}

/** What stands in base64, as it is, as URLs write it, and as PHP writes it in JSON. */
function base64Forms(secret: string): readonly string[] {
  const texts = base64Within(secret)
  const forUrls = texts.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'))
  const inJson = texts.map((text) => text.replaceAll('/', '\\/'))
  return [...texts, ...forUrls, ...inJson, ...texts.map(encodeURIComponent)]
}
