import { isUtf8 } from 'node:buffer'
import type { PassedOver, SourceRow } from '../../model.ts'
import { readAction } from './bulk-actions.ts'
import { withKey } from './json-key.ts'
import { parseJsonRecord } from './json-record.ts'
import { MAX_RECORD_BYTES, OVERLONG_RAW_BYTES, overlongProblem } from '../record-reader.ts'
import type { RecordReader } from '../record-reader.ts'
import type { TextOptions } from '../text-options.ts'
import { END_MARK } from '../table/furniture-words.ts'
import { PassedOverCounts } from '../table/passed-over.ts'
import { lostCharacter } from '../text/utf8.ts'
import type { TypedBy } from './typed-values.ts'

interface JsonlOptions extends TextOptions {
  readonly typedBy?: TypedBy | undefined
  /** A line before each record says what is to be done with it. */
  readonly hasActions?: boolean
  /** Behind a record stand parts of it, on lines of their own. */
  readonly hasParts?: boolean
}

/**
 * Reads JSON Lines: one object a line, ended by LF or CRLF. Lines that hold nothing but white space are no records, nor are
 * those of actions (`hasActions`), whose `_id` becomes a field of the record behind them.
 * A line that cannot be read is a row whose value is null, with the line in `raw`; one that is JSON but no object
 * keeps its value. See `parseJsonRecord` for what becomes of long numbers.
 */
export class JsonlReader implements RecordReader {
  readonly columns = undefined
  readonly #passed = new PassedOverCounts()
  readonly #encoding: string
  readonly #maxRecordBytes: number
  readonly #typedBy: TypedBy | undefined
  readonly #hasActions: boolean
  readonly #hasParts: boolean
  /** What the action before a record calls it. */
  #id: string | undefined
  #pending: Buffer[] = []
  #pendingLength = 0
  #skipping = false
  #row = 0
  #line = 1

  constructor({
    encoding = 'utf-8',
    maxRecordBytes = MAX_RECORD_BYTES,
    typedBy,
    hasActions = false,
    hasParts = false,
  }: JsonlOptions = {}) {
    this.#typedBy = typedBy
    this.#hasActions = hasActions
    this.#hasParts = hasParts
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
        if (!this.#isBlank(text) && !this.#isAction(text)) rows.push(this.#parse(text))
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
    if (this.#isBlank(raw) || this.#isAction(raw)) return undefined
    const lost = lostCharacter(bytes, this.#encoding)
    if (lost === undefined) return this.#parse(raw)
    const problem = `line ${this.#line}: ${lost}`
    return { row: ++this.#row, line: this.#line, input: { kind: 'value', value: null }, problem, raw }
  }

  #parse(text: string): SourceRow {
    const row = parseJsonRecord(text, { row: ++this.#row, line: this.#line, what: 'line', typedBy: this.#typedBy })
    if (this.#hasParts && text.includes(PARENT)) return { ...row, problem: `line ${this.#line}: ${PART}`, raw: text }
    const id = this.#id
    if (id === undefined) return row
    this.#id = undefined
    return withKey(row, '_id', id)
  }

  /** Keeps what an action calls the record behind it. */
  #isAction(text: string): boolean {
    const action = this.#hasActions ? readAction(text) : undefined
    if (action !== undefined) this.#id = action.id
    return action !== undefined
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

/** As Shopify's bulk exports name the record that a line is a part of. */
export const PARENT = '"__parentId":'
const PART =
  'the line is a part of the record that its `__parentId` names, as an address is, and no member. ' +
  'Export the members without such lists, or leave these lines out, as with `grep -v __parentId`.'
const LF = 10
const BLANK = /^[ \t\r]*$/
