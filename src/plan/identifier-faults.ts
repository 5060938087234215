import { isErrorWord } from '../outside/spreadsheet-errors.ts'
import { isScientific, scientificFault } from './cell-shape.ts'

/** Why a text is no identifier, for `Refuse`, in words that go on from it. */
export interface IdentifierFault {
  readonly why: string
  readonly hint?: string
}

/** What has lost its digits, or is no text of one member alone; undefined where a text may be an id. */
export function identifierFault(text: string): IdentifierFault | undefined {
  if (isScientific(text)) {
    const hint = 'Where the ids are still whole, format their column as text, and export it anew.'
    return { why: `${scientificFault(text)}; expected an id with all its digits`, hint }
  }
  if (isErrorWord(text)) return { why: 'is an error of a spreadsheet; expected an id' }
  if (text.charCodeAt(0) === EQUALS) return { why: 'is a formula of a spreadsheet; expected an id' }
  if (BOOLEANS.has(text)) return { why: 'is true or false; expected an id' }
  if (text.length <= LONGEST_MASKED && MASKED.test(text) && !text.includes('@')) {
    const hint = 'Many members may have the same one: have the whole id exported, or take its column out of the plan.'
    return { why: 'hides some of its characters; expected a whole id', hint }
  }
  return faultOfForm(text) ?? faultOfNumber(text) ?? faultOfSigns(text)
}

function faultOfForm(text: string): IdentifierFault | undefined {
  const hint = 'Have the id in a column of its own where the file is made.'
  if (PRINTED.test(text)) return { why: 'is what a program prints for a list or an object; expected an id', hint }
  if (/^(?:\{\s*"|\[\s*["{[]|\[\d+(?:,\s*\d+)*\]$)/.test(text)) return { why: 'is JSON; expected an id', hint }
  if (/^<[a-z][^>]*>.*<\/[a-z]+>$/is.test(text)) {
    return { why: 'is HTML; expected an id', hint: 'Have the id without its tags where the file is made.' }
  }
  return undefined
}

function faultOfNumber(text: string): IdentifierFault | undefined {
  if (/^\d{1,3}[.,]000$/.test(text)) {
    return { why: `may be ${text.slice(0, -4)} or ${text.slice(0, -4)}000; expected an id without separators` }
  }
  if (!GROUPED.test(text)) return undefined
  const hint = 'Where the ids are made, format their column as text, and export it anew.'
  return { why: 'is written with separators, as numbers are; expected an id without them', hint }
}

function faultOfSigns(text: string): IdentifierFault | undefined {
  // The API drops a malformed e-mail, and says so.
  if (text.includes('@')) return undefined
  if (/[\t\n\v\f\r\u0085\u2028\u2029]/.test(text)) return { why: 'holds several lines, or a tab; expected one id' }
  if (CONTROL.test(text)) {
    const hint = 'Nobody sees it, and the API would take it for a part of the id: take it away where the file is made.'
    return { why: 'holds a control character; expected an id', hint }
  }
  if (text.includes('\uFFFD')) {
    const hint = 'Export the file anew as UTF-8, from where its letters are still whole.'
    return { why: 'has a sign in the place of a character that could not be read; expected an id', hint }
  }
  const [first, second, ...others] = text.split(BETWEEN)
  if (first === undefined || second === undefined || others.length > MOST_OTHERS) return undefined
  const shape = shapeOf(first)
  if (![second, ...others].every((part) => shapeOf(part) === shape) || !shape.includes('9')) return undefined
  return { why: 'holds several ids; expected one', hint: 'Keep one of them.' }
}

/** `****1234`, `5412-XXXX-XXXX-1234`, `1234…`: cards and accounts as they are shown to people. */
const LONGEST_MASKED = 64
const MASKED =
  /[*•●∗＊]{3,}.*[\dA-Za-z]|[\dA-Za-z].*[*•●∗＊]{3,}|\d…$|^…\d|^(?:\d{4,6}[ -]?)?(?:[Xx]{4}[ -]?){2,}\d{1,6}$|^[Xx]{4,}\d{3,4}$/u

/** Such as the Ctrl-Z of DOS between two files that were put together, and what is read in another encoding. */
const CONTROL = /\p{Cc}/u

/** `A-9` of `M-17`: what two ids of one kind have in common. */
function shapeOf(text: string): string {
  return text.replaceAll(/\p{L}+/gu, 'A').replaceAll(/\d+/g, '9')
}

/** What stands between two ids and in none. Of a comma alone, numbers and names may be made. */
const BETWEEN = /\s*[;|]\s*|\s*,\s+|\s\/\s/
const MOST_OTHERS = 20
const EQUALS = 61
/** As languages print them, and as spreadsheets show them, which write them in capitals. */
const BOOLEANS: ReadonlySet<string> = new Set(
  (
    'true True TRUE WAHR FALSCH VRAI FAUX VERDADERO FALSO VERDADEIRO VERO WAAR ONWAAR SANT FALSKT SAND USAND TOSI EPÄTOSI ' +
    'PRAWDA FAŁSZ PRAVDA NEPRAVDA IGAZ HAMIS ADEVĂRAT FALS DOĞRU YANLIŞ ИСТИНА ЛОЖЬ ІСТИНА ХИБНІСТЬ'
  ).split(' '),
)
/**
 * .NET's `System.Object[]`, PowerShell's `@{Id=7}`, Java's `[Ljava.lang.String;@1b6d`, Python's `<Row object at 0x7f>`,
 * Ruby's `#<Row:0x7f>` and `{:id=>7}`, Python's `['7']`, `('7',)` and `(7,)`, `array([7])` and `datetime.date(2024, 1, 7)`, Go's
 * `%!d(string=7)`.
 */
const PRINTED =
  /^(?:System\.(?:Object|String|Byte|Char|Int\d\d|Guid|(?:Collections|Data|Management|Xml)\.[\w.`]+)(?:\[[^\]]*\])*|@\{.*\}|(?:\[+[A-Z]?)?java\.[\w.$]+;?@[\da-f]+|\[[A-Z]@[\da-f]+|[[(]'.*'[\]),]+|\(\d+,\)|(?:array|Index|Series)\(\[.*\).*|(?:datetime\.)?(?:date|datetime)\(\d.*\)|Timestamp\('.*\)|\{(?:'|:\w).*\}|#?<[A-Za-z_].*\b0x[\da-fA-F]+.*>|%!\w?\((?!(?:.*<nil>|MISSING)\)$).*\))$/
/**
 * Thousands apart, as a number's format has them: in threes, or as India has them. Cards are in fours, and what has points or
 * plain spaces alone may be an id (`12.345.678`).
 */
const GROUPED =
  /^[+-]?(?:\d{1,3}(?:(?:,\d{2,3})*,\d{3}|(?:['’\u00A0\u202F\u066C]\d{3})+)(?:[.,]0+)?|\d{1,3}(?:[. ]\d{3})+,0+)$/
