import { isUtf8 } from 'node:buffer'
import type { PassedOver, SourceRow } from '../../model.ts'
import { parseJsonRecord } from './json-record.ts'
import { MAX_RECORD_BYTES, OVERLONG_RAW_BYTES, overlongProblem } from '../record-reader.ts'
import type { RecordReader, TextOptions } from '../record-reader.ts'
import { END_MARK } from '../table/furniture-words.ts'
import { PassedOverCounts } from '../table/passed-over.ts'
import { lostCharacter } from '../text/utf8.ts'
import type { TypedBy } from './typed-values.ts'

/**
 * Reads JSON Lines: one object a line, ended by LF or CRLF. Lines that hold nothing but white space are no records.
 * A line that cannot be read is a row whose value is null, with the line in `raw`; one that is JSON but no object
 * keeps its value. See `parseJsonRecord` for what becomes of long numbers.
 */
export class JsonlReader implements RecordReader {
  readonly columns = undefined
  readonly #passed = new PassedOverCounts()
  readonly #encoding: string
  readonly #maxRecordBytes: number
  readonly #typedBy: TypedBy | undefined
  #pending: Buffer[] = []
  #pendingLength = 0
  #skipping = false
  #row = 0
  #line = 1

  constructor({
    encoding = 'utf-8',
    maxRecordBytes = MAX_RECORD_BYTES,
    typedBy,
  }: TextOptions & { readonly typedBy?: TypedBy | undefined } = {}) {
    this.#typedBy = typedBy
    this.#encoding = encoding
    this.#maxRecordBytes = maxRecordBytes
  }

  get passedOver(): readonly PassedOver[] {
    return this.#passed.all()
  }

  read(bytes: Buffer): SourceRow[] {
    const rows: SourceRow[] = []
    const end = bytes.lastIndexOf(LF)
    if (end >= 0) {
      this.#readLines(this.#join(bytes.subarray(0, end)), rows)
      this.#keep(Buffer.from(bytes.subarray(end + 1)), rows)
    } else this.#keep(bytes, rows)
    return rows
  }

  end(): SourceRow[] {
    const rows: SourceRow[] = []
    this.#readLines(this.#join(Buffer.alloc(0)), rows)
    return rows
  }

  #join(bytes: Buffer): Buffer {
    const all = this.#pendingLength === 0 ? bytes : Buffer.concat([...this.#pending, bytes])
    this.#pending = []
    this.#pendingLength = 0
    return all
  }

  /** Keeps the start of a line until its end comes; lets go what is too long to be a record. */
  #keep(bytes: Buffer, rows: SourceRow[]): void {
    if (this.#skipping || bytes.length === 0) return
    this.#pending.push(bytes)
    this.#pendingLength += bytes.length
    if (this.#pendingLength > this.#maxRecordBytes) {
      rows.push(this.#overlongRow(this.#join(Buffer.alloc(0))))
      this.#skipping = true
    }
  }

  /** Reads lines; the last has no line end. */
  #readLines(bytes: Buffer, rows: SourceRow[]): void {
    let block = bytes
    if (this.#skipping) {
      this.#skipping = false
      this.#line++
      const end = block.indexOf(LF)
      if (end < 0) return
      block = block.subarray(end + 1)
    }
    if (block.length <= this.#maxRecordBytes && isUtf8(block)) {
      for (const text of block.toString('utf8').split('\n')) {
        if (!this.#isBlank(text)) rows.push(this.#parse(text))
        this.#line++
      }
      return
    }
    for (let start = 0; start <= block.length;) {
      const found = block.indexOf(LF, start)
      const end = found < 0 ? block.length : found
      const row = this.#readLine(block.subarray(start, end))
      if (row !== undefined) rows.push(row)
      this.#line++
      start = end + 1
    }
  }

  #readLine(bytes: Buffer): SourceRow | undefined {
    if (bytes.length > this.#maxRecordBytes) return this.#overlongRow(bytes)
    const raw = bytes.toString('utf8')
    if (this.#isBlank(raw)) return undefined
    const lost = lostCharacter(bytes, this.#encoding)
    if (lost === undefined) return this.#parse(raw)
    const problem = `line ${this.#line}: ${lost}`
    return { row: ++this.#row, line: this.#line, input: { kind: 'value', value: null }, problem, raw }
  }

  #parse(text: string): SourceRow {
    return parseJsonRecord(text, { row: ++this.#row, line: this.#line, what: 'line', typedBy: this.#typedBy })
  }

  #isBlank(text: string): boolean {
    if (END_MARK.test(text)) {
      this.#passed.add('end mark', this.#line)
      return true
    }
    return BLANK.test(text)
  }

  #overlongRow(bytes: Buffer): SourceRow {
    const problem = overlongProblem(this.#line, this.#maxRecordBytes)
    const raw = bytes.toString('utf8', 0, Math.min(OVERLONG_RAW_BYTES, this.#maxRecordBytes))
    return { row: ++this.#row, line: this.#line, input: { kind: 'value', value: null }, problem, raw }
  }
}

const LF = 10
const BLANK = /^[ \t\r]*$/
