import type { SourceRow } from '../../model.ts'
import { parseJsonRecord } from './json-record.ts'
import { MAX_RECORD_BYTES, OVERLONG_RAW_BYTES, overlongProblem } from '../record-reader.ts'
import type { RecordReader, TextOptions } from '../record-reader.ts'
import { scanJsonElement } from './scan-json-element.ts'
import { lostCharacter } from '../text/utf8.ts'

/**
 * Reads a JSON array of objects, element by element as its bytes come. An element that cannot be read is a row with its
 * problem, as is what stands where none should: text between the elements or behind the array, and an array without
 * its end. See `parseJsonRecord` for what becomes of long numbers.
 */
export class JsonArrayReader implements RecordReader {
  readonly columns = undefined
  readonly passedOver = []
  readonly #encoding: string
  readonly #maxRecordBytes: number
  #pending: Buffer = Buffer.alloc(0)
  /** Below this length it is not worth looking again. */
  #enough = 0
  #state: 'before' | 'inside' | 'skipping' | 'behind' = 'before'
  #row = 0
  #line = 1
  /** How far the line is indented, while nothing else stands on it; and how far it was where the last element began. */
  #indent: number | undefined = 0
  #brokenIndent: number | undefined

  constructor({ encoding = 'utf-8', maxRecordBytes = MAX_RECORD_BYTES }: TextOptions = {}) {
    this.#encoding = encoding
    this.#maxRecordBytes = maxRecordBytes
  }

  read(bytes: Buffer): SourceRow[] {
    return this.#take(bytes, false)
  }

  end(): SourceRow[] {
    const rows = this.#take(Buffer.alloc(0), true)
    if (this.#state !== 'behind') {
      rows.push(
        this.#problemRow(
          'the file ends and the array does not: its ] is missing. It was probably cut off; get it again.',
        ),
      )
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
    if (this.#state === 'before' && byte === OPENING_BRACKET) {
      this.#state = 'inside'
      return at + 1
    }
    if (this.#state === 'inside' && byte === COMMA) return at + 1
    if (this.#state === 'inside' && byte === CLOSING_BRACKET) {
      this.#state = 'behind'
      return at + 1
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
    const place = { row: ++this.#row, line: this.#line, what: 'element' } as const
    const row = parseJsonRecord(text, place)
    if (lost !== undefined) {
      rows.push({ ...row, input: { kind: 'value', value: null }, problem: `line ${place.line}: ${lost}`, raw: text })
    } else if (this.#state === 'behind') {
      const problem = `line ${place.line}: text stands behind the end of the array. Remove it, or put it into the array.`
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
    const begins = bytes[first] === OPENING_BRACE && (this.#brokenIndent ?? indent) === indent
    if (begins || bytes[first] === CLOSING_BRACKET) {
      this.#state = 'inside'
      this.#indent = 0
    }
    return end + 1
  }

  #problemRow(what: string): SourceRow {
    const input = { kind: 'value', value: null } as const
    return { row: ++this.#row, line: this.#line, input, problem: `line ${this.#line}: ${what}`, raw: '' }
  }
}

function countLines(bytes: Buffer, start: number, end: number): number {
  let lines = 0
  for (let at = bytes.indexOf(LF, start); at >= 0 && at < end; at = bytes.indexOf(LF, at + 1)) lines++
  return lines
}

const TAB = 0x09
const LF = 0x0a
const SPACE = 0x20
const COMMA = 0x2c
const OPENING_BRACKET = 0x5b
const CLOSING_BRACKET = 0x5d
const OPENING_BRACE = 0x7b
const WHITE: ReadonlySet<number> = new Set([SPACE, TAB, LF, 0x0d, 0x1a])
const MOST_INDENT = 1000
