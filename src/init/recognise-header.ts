import { foldWord } from '../plan/fold-word.ts'
import { HEADER_WORDS, type Meaning } from './header-words.ts'
import { areOfOthers, hasSpaces, isOfOthers } from './whose-column.ts'

/**
 * What a header says that its column holds, in English or another language of the API's regions; undefined where it says
 * nothing that a plan has a place for. Of a path in a record (`contact.mobile`), the last name that says something counts.
 */
export function meaningOf(header: string): Meaning | undefined {
  if (isOfOthers(header)) return 'other'
  const whole = meaningOfName(header)
  if (whole !== undefined || !header.includes('.')) return whole
  const steps = header.split('.').filter((step) => !/^\d+$/.test(step))
  // What `name.type` holds is said of a name, and is none.
  if (SAID_OF_VALUES.has(steps.at(-1)?.toLowerCase() ?? '')) return undefined
  return steps
    .toReversed()
    .map(meaningOfName)
    .find((meaning) => meaning !== undefined)
}

const SAID_OF_VALUES: ReadonlySet<string> = new Set(['type', 'kind', 'label', 'object', '__datatype__'])

function meaningOfName(name: string): Meaning | undefined {
  const words = wordsOf(name)
  const same = wholeNames().get(words.join(''))
  if (same !== undefined) return same
  const held = inOtherLanguages(words)
  return held === 'other' ? held : (inEnglish(name) ?? held)
}

/** Whether a header is one that programs give to columns that have none: `column 3`, `F5`, `Unnamed: 2`, `a`. */
export function saysNothing(header: string): boolean {
  const words = wordsOf(header).join(' ')
  return /^(?:(?:column|col|field|feld|spalte|colonne|columna|coluna|campo|unnamed|var|attr|value|f|c|v|x)? ?\d*|\p{L})$/iu.test(
    words,
  )
}

/** By the name of a column, in English; the first that fits. Names are lower case with single spaces between words. */
const ENGLISH: readonly (readonly [meaning: Meaning, name: RegExp])[] = [
  ['email', /\be ?mail\b/],
  ['mobile', /\b(?:mobile|cell(?: ?phone)?|msisdn|whats ?app)\b/],
  ['phone', /\b(?:phone|telephone|tel|contact (?:no|number))\b/],
  ['partnerTierExpiry', /\bpartner (?:tier )?(?:expir|valid|until|end)/],
  ['partnerTier', /\bpartner (?:tier|level|status)\b/],
  ['membership', /\b(?:membership|partner(?: member(?:ship)?)?) (?:id|no|number|code)\b/],
  ['partner', /\bpartner(?: program(?:me)?)?(?: name)?$/],
  [
    'externalId',
    /\b(?:external|member|customer|client|loyalty|crm|user|account|card)(?: ?card)? ?(?:id|no|number|code|key|ref)\b/,
  ],
  ['id', /^(?:(?:record|contact|guest|person|party|profile|patron) )?(?:id|code)$|^(?:contact|subscriber) key$/],
  ['firstName', /\b(?:first|given|fore) ?(?:name|nm)\b|^f ?name$|^name (?:first|given)$|^first$/],
  ['lastName', /\b(?:last|family) ?(?:name|nm)\b|\bsurname\b|^l ?name$|^name (?:last|family)$|^last$/],
  [
    'name',
    /^(?:full |customer |member |guest |client |patron |attendee |subscriber |cardholder |(?:what (?:i)?s )?your (?:full )?)?name(?: ?1)?$/,
  ],
  ['born', /\b(?:dob|born|birth(?: ?(?:date|day))?)\b/],
  ['tierExpiry', /\b(?:tier|card|level|membership) (?:expir|valid|until|end)/],
  ['points', /\bpoints?\b|\b(?:loyalty|rewards?|bonus) balance\b/],
  ['balance', /\bbalance\b/],
  ['tier', /\b(?:tier|level|grade|card|slab)\b/],
]

function inEnglish(name: string): Meaning | undefined {
  const words = name
    .replace(/^#\s*(?=\p{L})/u, '')
    .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replaceAll('#', ' no')
    .replaceAll(/[^\p{L}\d]+/gu, ' ')
    .trim()
  return ENGLISH.find(([, pattern]) => pattern.test(words))?.[0]
}

/** What the words of a header hold among them: the longest counts, and what is another's or another thing before all. */
function inOtherLanguages(words: readonly string[]): Meaning | undefined {
  const [together, spaced] = [words.join(''), ` ${words.join(' ')} `]
  const held = phrases().filter(
    (phrase) =>
      !phrase.isWhole &&
      (hasSpaces(phrase.text) ? spaced.includes(` ${phrase.spaced} `) : together.includes(phrase.text)),
  )
  if (held.some(({ meaning }) => meaning === 'other')) return 'other'
  // A shop's card is the member's own.
  if (areOfOthers(together, spaced) && !held.some(({ meaning }) => meaning === 'externalId')) return 'other'
  return held.toSorted((a, b) => b.text.length - a.text.length)[0]?.meaning
}

interface Phrase {
  readonly meaning: Meaning
  /** Folded, and written together. */
  readonly text: string
  /** Folded word by word. */
  readonly spaced: string
  /** Whether it says so much only where it is all that a header holds. */
  readonly isWhole: boolean
}

const phrases = once((): readonly Phrase[] =>
  (Object.entries(HEADER_WORDS) as [Meaning, string][]).flatMap(([meaning, list]) =>
    list
      .split(',')
      .map(wordsOf)
      .filter((words) => words.length > 0)
      .map((words) => {
        const text = words.join('')
        return { meaning, text, spaced: words.join(' '), isWhole: words.length === 1 && isShort(text) }
      }),
  ),
)

/** Within other words, `ad`, `status` and `名` may be anything. */
function isShort(word: string): boolean {
  return hasSpaces(word) ? word.length < 5 || AMBIGUOUS.has(word) : word.length < 2
}

const AMBIGUOUS = new Set([
  'status',
  'statut',
  'nummer',
  'numero',
  'codigo',
  'codice',
  'nombre',
  'comune',
  'estado',
  'stufe',
])

const wholeNames = once(() => new Map(phrases().map(({ meaning, text }) => [text, meaning])))

/** `memberNo.`, `MEMBER_NO` and `Mémber No` are `member` and `no`. */
function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/(\p{Ll}|\d)(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map(foldWord)
    .filter((word) => word !== '')
}

function once<T>(make: () => T): () => T {
  let made: T | undefined
  return () => (made ??= make())
}
