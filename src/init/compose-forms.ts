import { type DatePiece, scanDate } from './scan-date.ts'

/** A format of a date, and the calendar that its words speak of. */
export interface ComposedForm {
  readonly text: string
  readonly calendar?: string
}

/**
 * The formats that a text may be written by, as it stands there: its words and signs are the format's, and its numbers are
 * taken for the parts of a date in each order that is in use. Some read a text as no date at all: each is to be tried.
 * `namedZones`: a zone's name is read whatever it is, and not as this one.
 */
export function composeForms(text: string, { namedZones }: { readonly namedZones: boolean }): readonly ComposedForm[] {
  const pieces = scanDate(text)
  if (pieces === undefined || contradictItself(pieces)) return []
  const months = pieces.filter((piece) => piece.kind === 'word' && piece.isMonth)
  const ofRoc = pieces.some(({ kind, text: words }) => kind === 'text' && /民[國国]/.test(words))
  const forms = new Map<string, ComposedForm>()
  for (const month of months.length === 0 ? [undefined] : months) {
    for (const fields of readings(pieces, month !== undefined)) {
      for (const [isLooseDay, isLooseTime] of LOOSE) {
        const offset = pieces.findIndex(({ kind }) => kind === 'offset')
        const written = pieces.map((piece, at) => {
          const field = fields.get(at)
          if (field !== undefined && piece.kind === 'number') {
            const isYear = field === 'y' && (ofRoc || pieces.some(({ kind }) => kind === 'era'))
            const isLoose = /[yMd]/.test(field) ? isLooseDay || hasShortDay(pieces, fields) : isLooseTime
            return { letters: isYear ? 'y' : lettersOf(field, piece, isLoose) }
          }
          if (piece.kind === 'offset' && at !== offset) return writeZone(piece.text, true)
          if (piece.kind === 'zone') return writeZone(piece.text, namedZones || offset >= 0)
          return writePiece(piece, piece === month)
        })
        if (written.includes(undefined)) continue
        const form = join(written as Written[])
        forms.set(form, { text: form, ...(ofRoc && { calendar: 'roc' }) })
      }
    }
  }
  return [...forms.values()]
}

/** Two offsets that differ: nobody can tell which one counts. */
function contradictItself(pieces: readonly DatePiece[]): boolean {
  const offsets = pieces.flatMap(({ kind, text }) =>
    kind === 'offset' ? [text.replaceAll(/^(?:UTC|GMT)(?=[+-])|:/g, '')] : [],
  )
  return new Set(offsets.map((offset) => (/^(?:UTC|GMT|Z|[+-]00?(?:00)?)$/.test(offset) ? 'Z' : offset))).size > 1
}

/** Whether the day or the month has one digit: then the other may have one too. */
function hasShortDay(pieces: readonly DatePiece[], fields: ReadonlyMap<number, Field>): boolean {
  return [...fields].some(([at, field]) => /[dM]/.test(field) && /^\d(?!\d)/.test(pieces[at]?.text ?? ''))
}

/** Whether numbers of the day, and of the time, may have fewer digits than they have here. */
const LOOSE = [
  [false, false],
  [true, false],
  [false, true],
  [true, true],
] as const

type Field = 'y' | 'M' | 'd' | 'H' | 'h' | 'm' | 's' | 'S'

/** What stands in a format: letters with a meaning, or text. */
type Written = { readonly letters: string } | { readonly text: string }

/** Each way to take the numbers, by their places among the pieces, for the parts of a date and a time. */
function readings(pieces: readonly DatePiece[], hasMonth: boolean): readonly ReadonlyMap<number, Field>[] {
  const numbers = pieces.flatMap((piece, at) => (piece.kind === 'number' ? [at] : []))
  const ofDate = hasMonth ? 2 : 3
  const length = numbers.length - ofDate
  if (length < 0 || length > 4) return []
  const found: Map<number, Field>[] = []
  for (let start = 0; start <= numbers.length - length; start++) {
    if (length === 0 && start > 0) break
    const time = numbers.slice(start, start + length)
    const date = numbers.filter((at) => !time.includes(at))
    const hours = readTime(pieces, time)
    if (hours === undefined || !isDate(pieces, date, hasMonth)) continue
    for (const order of hasMonth ? ['dy', 'yd'] : ['dMy', 'Mdy', 'yMd']) {
      if (!date.every((at, index) => mayBe(pieces, at, order.charAt(index) as Field))) continue
      found.push(new Map([...hours, ...date.map((at, index) => [at, order.charAt(index) as Field] as const)]))
    }
  }
  return found
}

/** Hour, minute, second and fraction, where what stands between them says so; undefined where they are none. */
function readTime(pieces: readonly DatePiece[], numbers: readonly number[]): ReadonlyMap<number, Field> | undefined {
  const hasHalf = pieces.some(({ kind }) => kind === 'half')
  const [hour] = numbers
  if (hour === undefined) return hasHalf ? undefined : new Map()
  const gaps = numbers.slice(1).map((at, index) => between(pieces, numbers[index] ?? at, at))
  const isTime =
    gaps.length === 0
      ? hasHalf || /^ ?(?:h|時|时|시|点|點|uhr)/i.test(between(pieces, hour, pieces.length))
      : gaps.every((gap, index) => TIME_GAPS[index]?.test(gap) === true)
  if (!isTime || numbers.some((at, index) => index < 3 && (pieces[at]?.text.length ?? 0) > 2)) return undefined
  const fields: readonly Field[] = [hasHalf ? 'h' : 'H', 'm', 's', 'S']
  return new Map(numbers.map((at, index) => [at, fields[index] ?? 'S']))
}

const TIME_GAPS = [/^(?: ?[:h] ?|[.-]|[時时点點]|시 ?)$/i, /^(?:[:.-]|분 ?|分| ?min ?|m)$/i, /^[.,:]$/]

/** Whether numbers stand beside each other as those of a date do: with the same sign between them, or with units. */
function isDate(pieces: readonly DatePiece[], numbers: readonly number[], hasMonth: boolean): boolean {
  if (hasMonth) return true
  const [first = '', second = ''] = numbers
    .slice(1)
    .map((at, index) => between(pieces, numbers[index] ?? at, at).trim())
  return first === second ? !/[\p{L}\d]/u.test(first) : /^[年년]/.test(first) && /^[月월]/.test(second)
}

function between(pieces: readonly DatePiece[], from: number, to: number): string {
  const text = pieces.slice(from + 1, to).map((piece) => piece.text)
  return text.join('')
}

const UNITS: readonly (readonly [field: Field, unit: RegExp])[] = [
  ['y', /^ ?[年년]/],
  ['M', /^ ?[月월]/],
  ['d', /^ ?[日일]/],
]

function mayBe(pieces: readonly DatePiece[], at: number, field: Field): boolean {
  const piece = pieces[at]
  if (piece?.kind !== 'number') return false
  const unit = UNITS.find(([, pattern]) => pattern.test(between(pieces, at, pieces.length)))?.[0]
  if (unit !== undefined && unit !== field) return false
  const { length } = piece.text
  return field === 'y'
    ? !piece.isOrdinal && (length === 4 || length === 2 || unit === 'y')
    : piece.isOrdinal
      ? field === 'd'
      : length <= 2
}

function lettersOf(field: Field, { text }: DatePiece, isLoose: boolean): string {
  if (field === 'y') return text.length === 4 ? 'yyyy' : text.length === 2 ? 'yy' : 'y'
  if (field === 'S') return 'SSS'
  const digits = /^\d+/.exec(text)?.[0].length ?? 1
  return digits === 1 || (isLoose && field !== 'm' && field !== 's') ? field : field.repeat(2)
}

function writeZone(text: string, isAny: boolean): Written {
  return isAny && /^\p{L}/u.test(text) ? { letters: 'zzz' } : { text }
}

function writePiece(piece: DatePiece, isMonth: boolean): Written | undefined {
  switch (piece.kind) {
    case 'number':
      return undefined
    case 'word':
      if (isMonth) return { letters: piece.text.length > LONGEST_SHORT ? 'MMMM' : 'MMM' }
      return piece.isWeekday ? { letters: 'EEEE' } : undefined
    case 'half':
      return { letters: 'a' }
    case 'offset':
      return { letters: 'XXX' }
    case 'era':
      return { letters: 'G' }
    case 'zone':
    case 'text':
      return piece
  }
}

const LONGEST_SHORT = 4

/** A format of its pieces: text with letters of its own stands in quotes, with the spaces around it outside. */
function join(written: readonly Written[]): string {
  let form = ''
  let text = ''
  // The point of a short name goes with it, where it is not the sign between all parts.
  let isBehindName = false
  const flush = () => {
    isBehindName = false
    form += /[A-Za-z']/.test(text) ? text.replace(/\S(?:.*\S)?/su, (words) => `'${words.replaceAll("'", "''")}'`) : text
    text = ''
  }
  for (const each of written) {
    if ('text' in each) {
      if (!isBehindName || each.text !== '.') text += each.text
      isBehindName = false
    } else {
      const isPointed = text.endsWith('.')
      flush()
      form += each.letters
      isBehindName = /^(?:EEE|MMM)/.test(each.letters) && !isPointed
    }
  }
  flush()
  return form
}
