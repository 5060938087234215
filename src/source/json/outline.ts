/** What a JSON text is made of, without its values: as far as a sample of it goes. Places are bytes of the sample. */
export type Outline =
  | ObjectOutline
  | ArrayOutline
  | { readonly kind: 'string' | 'number' | 'literal'; readonly start: number; readonly end: number | undefined }

export interface ObjectOutline {
  readonly kind: 'object'
  readonly start: number
  readonly end: number | undefined
  readonly entries: readonly Entry[]
}

export interface ArrayOutline {
  readonly kind: 'array'
  readonly start: number
  readonly end: number | undefined
  readonly items: readonly Outline[]
}

export interface Entry {
  readonly key: string
  readonly value: Outline
}

const MOST_VALUES = 2
const MOST_DEPTH = 64

/** The first values of a text (UTF-8), two at most; `end` is undefined of what the sample ends within, or is broken in. */
export function outlineOf(sample: Buffer): readonly Outline[] {
  // A character of latin1 is a byte.
  const scan: Scan = { text: sample.toString('latin1'), at: 0 }
  const values: Outline[] = []
  while (values.length < MOST_VALUES) {
    skipWhite(scan, values.length === 0 ? WHITE : WHITE_OR_COMMA)
    if (scan.at >= scan.text.length) break
    values.push(readValue(scan, 0))
  }
  return values
}

/** At the text's end there is no more; what is broken ends it. */
interface Scan {
  readonly text: string
  at: number
}

function readValue(scan: Scan, depth: number): Outline {
  const start = scan.at
  switch (depth > MOST_DEPTH ? undefined : scan.text[start]) {
    case '{':
      return readObject(scan, depth)
    case '[':
      return readArray(scan, depth)
    case '"':
      return { kind: 'string', start, end: readString(scan) }
    case undefined:
      return { kind: 'literal', start, end: stop(scan) }
    default:
      return readScalar(scan)
  }
}

function readObject(scan: Scan, depth: number): Outline {
  const start = scan.at++
  const entries: Entry[] = []
  for (;;) {
    const next = readNext(scan, entries.length === 0, '}')
    if (next === 'closed') return { kind: 'object', start, end: scan.at, entries }
    const key = next === 'item' ? readKey(scan) : undefined
    if (key === undefined) return { kind: 'object', start, end: stop(scan), entries }
    const value = readValue(scan, depth + 1)
    entries.push({ key, value })
    if (value.end === undefined) return { kind: 'object', start, end: undefined, entries }
  }
}

function readArray(scan: Scan, depth: number): Outline {
  const start = scan.at++
  const items: Outline[] = []
  for (;;) {
    const next = readNext(scan, items.length === 0, ']')
    if (next === 'closed') return { kind: 'array', start, end: scan.at, items }
    if (next === 'none') return { kind: 'array', start, end: stop(scan), items }
    const item = readValue(scan, depth + 1)
    items.push(item)
    if (item.end === undefined) return { kind: 'array', start, end: undefined, items }
  }
}

/** What comes next in an object or an array: its end, or an item, behind whose comma the scan then stands. */
function readNext(scan: Scan, isFirst: boolean, closing: string): 'closed' | 'item' | 'none' {
  skipWhite(scan, WHITE)
  const next = scan.text[scan.at]
  if (next === closing) {
    scan.at++
    return 'closed'
  }
  if (!isFirst) {
    if (next !== ',') return 'none'
    scan.at++
    skipWhite(scan, WHITE)
  }
  return scan.at < scan.text.length ? 'item' : 'none'
}

/** A name and the colon behind it; undefined where there is none, or it is not whole. */
function readKey(scan: Scan): string | undefined {
  const start = scan.at
  const end = scan.text[start] === '"' ? readString(scan) : undefined
  skipWhite(scan, WHITE)
  if (end === undefined || scan.text[scan.at] !== ':') return undefined
  scan.at++
  skipWhite(scan, WHITE)
  if (scan.at >= scan.text.length) return undefined
  try {
    return JSON.parse(Buffer.from(scan.text.slice(start, end), 'latin1').toString('utf8')) as string
  } catch {
    return undefined
  }
}

/** Behind the string at `scan.at`; undefined where it does not end, or not on its line. */
function readString(scan: Scan): number | undefined {
  STRING_END.lastIndex = scan.at + 1
  if (STRING_END.exec(scan.text)?.[1] !== '"') return stop(scan)
  scan.at = STRING_END.lastIndex
  return scan.at
}

function readScalar(scan: Scan): Outline {
  const start = scan.at
  SCALAR.lastIndex = start
  const text = SCALAR.exec(scan.text)?.[0] ?? ''
  scan.at += text.length
  const isLiteral = LITERALS.has(text)
  if (scan.at === scan.text.length || !(isLiteral || /^-?\d/.test(text)))
    return { kind: 'literal', start, end: stop(scan) }
  return { kind: isLiteral ? 'literal' : 'number', start, end: scan.at }
}

function stop(scan: Scan): undefined {
  scan.at = scan.text.length
}

function skipWhite(scan: Scan, white: RegExp): void {
  white.lastIndex = scan.at
  scan.at += white.exec(scan.text)?.[0].length ?? 0
}

// U+001E stands before each value of a JSON text sequence (RFC 7464), as `jq --seq` writes it.
// eslint-disable-next-line no-control-regex
const WHITE = /[ \t\r\n\x1E]*/y
// eslint-disable-next-line no-control-regex
const WHITE_OR_COMMA = /[ \t\r\n\x1E,]*/y
/** Up to the quote that ends a string, or the line end that breaks it. */
const STRING_END = /[^"\\\n]*(?:\\[^\n][^"\\\n]*)*(["\n])/y
const SCALAR = /[^\s,\]}:]*/y
const LITERALS: ReadonlySet<string> = new Set(['true', 'false', 'null', 'NaN', 'Infinity', '-Infinity'])
