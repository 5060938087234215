import type { SourceRow } from '../../model.ts'
import { BehindWatch } from './behind-watch.ts'
import type { JsonShape } from './find-shape.ts'
import { readKey, withKey } from './json-key.ts'
import { parseJson, parseJsonRecord } from './json-record.ts'
import { MAX_RECORD_BYTES, OVERLONG_RAW_BYTES, overlongProblem } from '../record-reader.ts'
import type { RecordReader } from '../record-reader.ts'
import type { TextOptions } from '../text-options.ts'
import { scanJsonElement } from './scan-json-element.ts'
import { countLines } from '../text/count-lines.ts'
import { lostCharacter } from '../text/utf8.ts'
import type { TypedBy } from './typed-values.ts'

/** Where a reader finds its records; `lines` are another reader's. */
export type ReadShape = Extract<JsonShape, { kind: 'list' | 'by key' | 'sequence' }>

/**
 * Reads the objects of a JSON list, or of an object that has each under a key, or those that follow each other, one by one as
 * their bytes come. One that cannot be read is a row with its problem, as is what stands where none should: text between
 * the objects or behind the list, and a list without its end. See `parseJsonRecord` for what becomes of values.
 */
export class JsonReader implements RecordReader {
  readonly columns = undefined
  readonly passedOver = []
  readonly #encoding: string
  readonly #maxRecordBytes: number
  readonly #typedBy: TypedBy | undefined
  readonly #shape: ReadShape
  readonly #behind: BehindWatch | undefined
  #names: readonly string[] | 'first' | undefined
  /** Where objects are by key: the next one's. */
  #key: string | undefined
  /** Bytes before the list. */
  #before: number
  #pending: Buffer = Buffer.alloc(0)
  /** Below this length it is not worth looking again. */
  #enough = 0
  #state: 'before' | 'inside' | 'skipping' | 'behind' = 'before'
  #row = 0
  #line = 1
  /** How far the line is indented, while nothing else stands on it; and how far it was where the last element began. */
  #indent: number | undefined = 0
  #brokenIndent: number | undefined

  constructor(shape: ReadShape, options: TextOptions & { readonly typedBy?: TypedBy | undefined } = {}) {
    this.#shape = shape
    this.#encoding = options.encoding ?? 'utf-8'
    this.#maxRecordBytes = options.maxRecordBytes ?? MAX_RECORD_BYTES
    this.#typedBy = options.typedBy
    this.#before = shape.kind === 'sequence' ? 0 : shape.start
    if (shape.kind === 'sequence') this.#state = 'inside'
    if (shape.kind === 'list') this.#names = shape.names
    // What is around a list was looked at in the sample, as far as that goes.
    if (shape.kind !== 'sequence' && shape.path !== '') this.#behind = new BehindWatch(shape)
  }

  read(bytes: Buffer): SourceRow[] {
    return this.#take(bytes, false)
  }

  end(): SourceRow[] {
    const rows = this.#take(Buffer.alloc(0), true)
    const { kind } = this.#shape
    if (kind === 'sequence') return rows
    const isOpen = this.#state !== 'behind'
    if (isOpen || this.#behind?.isClosed === false) {
      const [what, end] = isOpen && kind === 'list' ? ['array', ']'] : ['object', '}']
      const why = `the file ends and the ${what} does not: its ${end} is missing. It was probably cut off; get it again.`
      rows.push(this.#problemRow(why))
      this.#state = 'behind'
    }
    return rows
  }

  #take(more: Buffer, final: boolean): SourceRow[] {
    const bytes = this.#pending.length === 0 ? more : Buffer.concat([this.#pending, more])
    this.#pending = bytes
    const rows: SourceRow[] = []
    if (bytes.length < this.#enough && !final) return rows
    let at = 0
    while (at < bytes.length) {
      const next = this.#step(bytes, at, final, rows)
      if (next === at) break
      at = next
    }
    this.#pending = Buffer.from(bytes.subarray(at))
    this.#enough = this.#pending.length * 2
    return rows
  }

  /** Reads on from `at`; gives where it stopped, which is `at` where more bytes are needed. */
  #step(bytes: Buffer, at: number, final: boolean, rows: SourceRow[]): number {
    if (this.#state === 'skipping') return this.#skipLine(bytes, at, final)
    if (this.#before > 0) return this.#skipBefore(bytes, at)
    if (this.#state === 'behind' && this.#behind !== undefined) return this.#watchBehind(bytes, at, this.#behind, rows)
    const byte = bytes[at] ?? 0
    if (byte === LF) {
      this.#line++
      this.#indent = 0
      return at + 1
    }
    if (WHITE.has(byte)) {
      if (this.#indent !== undefined) this.#indent++
      return at + 1
    }
    const indent = this.#indent
    this.#indent = undefined
    const isKeyed = this.#shape.kind === 'by key'
    const mayOpen = this.#state === 'before' || (this.#state === 'behind' && this.#mayFollow)
    if (mayOpen && byte === (isKeyed ? OPENING_BRACE : OPENING_BRACKET)) {
      this.#state = 'inside'
      return at + 1
    }
    if (this.#state === 'inside' && byte === COMMA) return at + 1
    if (this.#state === 'inside' && this.#closes(byte)) {
      this.#state = 'behind'
      return at + 1
    }
    if (this.#state === 'inside' && isKeyed && this.#key === undefined && byte === QUOTE) {
      const found = readKey(bytes, at, { final, most: this.#maxRecordBytes })
      if (found === undefined) this.#indent = indent
      else {
        this.#key = found.key
        this.#line += countLines(bytes, at, found.end)
      }
      return found?.end ?? at
    }
    const next = this.#readElement(bytes, at, final, rows)
    if (next === at) this.#indent = indent
    this.#brokenIndent = indent
    return next
  }

  #readElement(bytes: Buffer, start: number, final: boolean, rows: SourceRow[]): number {
    const { end, how } = scanJsonElement(bytes, start, Math.min(bytes.length, start + this.#maxRecordBytes))
    if (how === 'open' && end - start < this.#maxRecordBytes && !final) return start
    if (how !== 'closed') return this.#giveUp(bytes, start, end, rows)
    const text = bytes.toString('utf8', start, end)
    const lost = lostCharacter(bytes.subarray(start, end), this.#encoding)
    if (this.#takesNames(text)) {
      this.#line += countLines(bytes, start, end)
      return end
    }
    const names = this.#names === 'first' ? undefined : this.#names
    const mayBeShort = this.#shape.kind === 'list' && this.#shape.mayBeShort
    const place = {
      row: ++this.#row,
      line: this.#line,
      what: 'element',
      typedBy: this.#typedBy,
      names,
      mayBeShort,
    } as const
    const row = this.#underKey(parseJsonRecord(text, place))
    if (lost !== undefined) {
      rows.push({ ...row, input: { kind: 'value', value: null }, problem: `line ${place.line}: ${lost}`, raw: text })
    } else if (this.#state === 'behind') {
      const what = this.#shape.kind === 'list' ? 'array' : 'object'
      const problem = `line ${place.line}: text stands behind the end of the ${what}. Remove it, or put it into the ${what}.`
      rows.push({ ...row, input: { kind: 'value', value: null }, problem, raw: text })
    } else rows.push(row)
    this.#line += countLines(bytes, start, end)
    return end
  }

  /** Lets go of an element that never ends, up to the next that begins on its line as this one did on its own. */
  #giveUp(bytes: Buffer, start: number, end: number, rows: SourceRow[]): number {
    const problem =
      end - start >= this.#maxRecordBytes
        ? overlongProblem(this.#line, this.#maxRecordBytes)
        : `line ${this.#line}: the element that begins here never ends: a brace, a bracket or a quote is missing. What follows was passed over up to the next line that begins like this one.`
    const lineEnd = bytes.subarray(0, end).indexOf(LF, start)
    const next = lineEnd < 0 ? end : lineEnd
    const raw = bytes.toString('utf8', start, Math.min(next, start + OVERLONG_RAW_BYTES))
    rows.push({ row: ++this.#row, line: this.#line, input: { kind: 'value', value: null }, problem, raw })
    this.#state = 'skipping'
    return next
  }

  /** Passes over the rest of a line, and looks how the next begins; gives where it stands. */
  #skipLine(bytes: Buffer, at: number, final: boolean): number {
    const end = bytes.indexOf(LF, at)
    if (end < 0) return bytes.length
    let first = end + 1
    while (first < bytes.length && first - end <= MOST_INDENT && (bytes[first] === SPACE || bytes[first] === TAB))
      first++
    if (first === bytes.length && !final) return end
    this.#line++
    const indent = first - end - 1
    const opening = this.#shape.kind === 'by key' ? QUOTE : OPENING_BRACE
    const begins = bytes[first] === opening && (this.#brokenIndent ?? indent) === indent
    if (begins || this.#closes(bytes[first])) {
      this.#state = 'inside'
      this.#indent = 0
    }
    return end + 1
  }

  /** Lists of objects may follow each other, as where files were put together. */
  get #mayFollow(): boolean {
    return this.#shape.kind === 'list' && this.#shape.path === '' && this.#shape.names === undefined
  }

  #closes(byte: number | undefined): boolean {
    if (this.#shape.kind === 'sequence') return false
    return byte === (this.#shape.kind === 'list' ? CLOSING_BRACKET : CLOSING_BRACE)
  }

  /** Passes over what stands before the list: it was looked at when the list was found. */
  #skipBefore(bytes: Buffer, at: number): number {
    const end = Math.min(bytes.length, at + this.#before)
    this.#before -= end - at
    this.#line += countLines(bytes, at, end)
    return end
  }

  /** True of the first of several lists, which has the names of the others' items. */
  #takesNames(text: string): boolean {
    if (this.#names !== 'first') return false
    const names = parseJson(text)
    this.#names = Array.isArray(names) ? names.map(String) : undefined
    return true
  }

  #underKey(row: SourceRow): SourceRow {
    const key = this.#key
    this.#key = undefined
    return this.#shape.kind === 'by key' && key !== undefined ? withKey(row, this.#shape.keyName, key) : row
  }

  #watchBehind(bytes: Buffer, at: number, behind: BehindWatch, rows: SourceRow[]): number {
    const found = behind.see(bytes.subarray(at))
    if (found !== undefined) {
      const lines = countLines(bytes, at, at + found)
      this.#line += lines
      rows.push(this.#problemRow(behind.problem))
      this.#line -= lines
    }
    this.#line += countLines(bytes, at, bytes.length)
    return bytes.length
  }

  #problemRow(what: string): SourceRow {
    const input = { kind: 'value', value: null } as const
    return { row: ++this.#row, line: this.#line, input, problem: `line ${this.#line}: ${what}`, raw: '' }
  }
}

const TAB = 0x09
const LF = 0x0a
const SPACE = 0x20
const COMMA = 0x2c
const OPENING_BRACKET = 0x5b
const CLOSING_BRACKET = 0x5d
const OPENING_BRACE = 0x7b
const CLOSING_BRACE = 0x7d
const QUOTE = 0x22
const WHITE: ReadonlySet<number> = new Set([SPACE, TAB, LF, 0x0d, 0x1a, 0x1e])
const MOST_INDENT = 1000
