import { isUtf8 } from 'node:buffer'
import { type PassedOver, type SourceRow, UsageError } from '../../model.ts'
import { STANDARD, escapeOf } from './csv-dialect.ts'
import type { CsvDialect } from './csv-dialect.ts'
import type { CsvOptions } from './csv-options.ts'
import { findCsvProblem, holdsLong } from './csv-problem.ts'
import type { CsvContext } from './csv-problem.ts'
import { cellText, findLineEnd, isBlankLine, readCsvRecord, skipLineEnd } from './csv-record.ts'
import type { CsvRecord } from './csv-record.ts'
import { MAX_RECORD_BYTES, OVERLONG_RAW_BYTES, overlongProblem } from '../record-reader.ts'
import type { Place } from '../place.ts'
import type { RecordReader } from '../record-reader.ts'
import { isReportHeader } from '../report-header.ts'
import { Table } from '../table/table.ts'
import { readSoundBlock } from './sound-block.ts'
import type { CsvRest } from './csv-rest.ts'

/**
 * Reads CSV records. Blocks of whole records are split fast (`readSoundBlock`); a block in which anything is out of the
 * ordinary is read again record by record (`readCsvRecord`), so that each bad record is a row with its problem and its
 * neighbours are untouched. Both readings agree on sound records.
 *
 * Lines that hold nothing but spaces and tabs are no records (`""` in a file of one column is one).
 * Throws UsageError where the header cannot be read.
 */
export class CsvReader implements RecordReader {
  readonly #name: string
  readonly #options: CsvOptions
  readonly #dialect: CsvDialect
  readonly #maxRecordBytes: number
  #table: Table | undefined
  #isReport = false
  #afterBlank = false
  #pending: Buffer = Buffer.alloc(0)
  /** Below this length it is not worth looking again: an open quote waits for twice as much each time. */
  #enough = 0
  /** Lines still to pass over. */
  #skip: number
  #row = 0
  #line = 1
  /** The bytes that were taken, those that wait among them. */
  #taken = 0

  constructor(name: string, options: CsvOptions = {}) {
    const { dialect = STANDARD, skip = 0, columns, maxRecordBytes = MAX_RECORD_BYTES } = options
    this.#name = name
    this.#options = options
    this.#dialect = dialect
    this.#maxRecordBytes = maxRecordBytes
    this.#skip = skip
    if (columns !== undefined) this.#table = new Table(columns, { comments: options.comments })
    this.#isReport = options.isReport ?? false
  }

  get columns(): readonly string[] | undefined {
    return this.#table?.columns
  }

  get passedOver(): readonly PassedOver[] {
    return this.#table?.passed.all() ?? []
  }

  read(bytes: Buffer): SourceRow[] {
    this.#taken += bytes.length
    return this.#take(bytes, false)
  }

  place(): Place | undefined {
    // What was passed over is counted, and rows under another header are read by it.
    if (this.#table?.isPlain !== true || this.#skip > 0 || this.passedOver.length > 0) return undefined
    const offset = this.#taken - this.#pending.length
    return { row: this.#row, line: this.#line, offset, afterBlank: this.#afterBlank }
  }

  goTo({ row, line, offset, afterBlank }: Place): number | undefined {
    const before = offset - this.#taken
    if (before < 0 || this.place() === undefined) return undefined
    this.#pending = Buffer.alloc(0)
    this.#enough = 0
    this.#row = row
    this.#line = line
    this.#taken = offset
    this.#afterBlank = afterBlank
    return before
  }

  handOver(): CsvRest | undefined {
    const [place, { columns }] = [this.place(), this]
    if (place === undefined || columns === undefined || (this.#options.labels ?? 0) > 0) return undefined
    const options = { ...this.#options, skip: 0, columns, unnamed: undefined, isReport: this.#isReport }
    return { name: this.#name, options, place, waiting: this.#pending }
  }

  end(): SourceRow[] {
    return this.#take(Buffer.alloc(0), true)
  }

  #take(more: Buffer, final: boolean): SourceRow[] {
    const bytes = this.#pending.length === 0 ? more : Buffer.concat([this.#pending, more])
    this.#pending = bytes
    if (bytes.length < this.#enough && !final) return []

    const rows: SourceRow[] = []
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

  /** Reads on from `at` and adds the rows; gives where it stopped, which is `at` where more bytes are needed. */
  #step(bytes: Buffer, at: number, final: boolean, rows: SourceRow[]): number {
    if (this.#skip > 0) return this.#skipLine(bytes, at, final)
    if (this.#table === undefined) return this.#readRecord(bytes, at, final, rows)

    const end = final ? bytes.length : bytes.lastIndexOf(LF) + 1
    if (end > at && end - at < this.#maxRecordBytes) {
      const read = this.#readSound(bytes.subarray(at, end), this.#table, rows)
      if (read > 0) return at + read
    }
    let next = at
    do {
      const start = next
      next = this.#readRecord(bytes, start, final, rows)
      if (next === start) break
    } while (next < end && this.#skip === 0)
    return next
  }

  /** Reads a block in which all is well; gives how many bytes it took. Otherwise 0, and nothing has happened. */
  #readSound(bytes: Buffer, table: Table, rows: SourceRow[]): number {
    if (bytes.includes(0) || !isUtf8(bytes)) return 0
    const text = bytes.toString('utf8')
    if (this.#isReport && text.includes('\uFFFD')) return 0
    const escape = escapeOf(this.#dialect)
    if (escape !== undefined && text.includes(`${escape}0`)) return 0
    const joinWidth = this.#options.watchJoins === true ? table.header.length : undefined
    const block = readSoundBlock(text, this.#dialect, { oneLine: this.#options.doubtQuotes === true, joinWidth })
    if (block === undefined) return 0
    const width = table.header.length
    for (const { cells, isBlank } of block.records) {
      if (!isBlank && (cells.length !== width || holdsLong(cells, text))) return 0
    }
    for (const { cells, lines, isBlank } of block.records) {
      if (!isBlank) this.#addCells(cells, table, rows)
      this.#afterBlank = isBlank
      this.#line += lines
    }
    return block.length === text.length ? bytes.length : Buffer.byteLength(text.slice(0, block.length))
  }

  #addCells(cells: readonly string[], table: Table, rows: SourceRow[]): void {
    const line = this.#line
    const reading = table.read(cells, { line, afterBlank: this.#afterBlank })
    if (reading === 'none') return
    const row: SourceRow = { row: ++this.#row, line, input: { kind: 'cells', cells } }
    rows.push(reading === 'plain' ? row : table.arrange(row, cells))
  }

  #readRecord(bytes: Buffer, start: number, final: boolean, rows: SourceRow[]): number {
    const line = this.#line
    const dialect = this.#dialect
    const doubtWidth = this.#options.doubtQuotes === true ? this.#table?.header.length : undefined
    const joinWidth = this.#options.watchJoins === true ? this.#table?.header.length : undefined
    const reading = readCsvRecord(bytes, {
      dialect,
      start,
      line,
      final,
      maxRecordBytes: this.#maxRecordBytes,
      doubtWidth,
      joinWidth,
    })
    switch (reading.kind) {
      case 'incomplete':
        return start
      case 'overlong': {
        const problem = overlongProblem(line, this.#maxRecordBytes)
        if (this.#table === undefined) throw this.#headerError(problem)
        const cells = this.#table.columns.map(() => '')
        const raw = bytes.toString('utf8', start, Math.min(start + OVERLONG_RAW_BYTES, reading.next))
        rows.push({ row: ++this.#row, line, input: { kind: 'cells', cells }, problem, raw })
        this.#line = reading.line
        this.#skip = 1
        return reading.next
      }
      case 'record': {
        const isBlank = isBlankLine(bytes, start, reading)
        if (!isBlank) {
          if (this.#table === undefined) this.#readHeader(bytes, reading)
          else this.#addRecord(bytes, start, reading, this.#table, rows)
        }
        this.#afterBlank = isBlank
        this.#line = reading.nextLine
        return reading.next
      }
    }
  }

  #readHeader(bytes: Buffer, record: CsvRecord): void {
    const names = record.cells.map((cell) => cellText(bytes, cell, this.#dialect))
    const before = this.#options.unnamed === 'first' ? [''] : []
    const behind = this.#options.unnamed === 'last' ? [''] : []
    const columns = [...before, ...names, ...behind]
    const problem = findCsvProblem(bytes, record, this.#contextOf(names))
    if (problem !== undefined) throw this.#headerError(problem)
    if (columns.every((column) => column.trim() === '')) {
      const { line = 1 } = record.cells[0] ?? {}
      throw this.#headerError(
        `line ${line}: none of its columns has a name. If the header is further down, say how many lines stand before it in the plan, as in \`rows: { skip: ${line} }\`.`,
      )
    }
    this.#table = new Table(columns, this.#options)
    this.#isReport = isReportHeader(columns)
  }

  #contextOf(columns: readonly string[]): CsvContext {
    return {
      columns,
      dialect: this.#dialect,
      encoding: this.#options.encoding ?? 'utf-8',
      isReport: this.#isReport,
      doubtQuotes: this.#options.doubtQuotes ?? false,
    }
  }

  /** A record, with what is wrong with it; its cells are as many as the first header's. */
  #addRecord(bytes: Buffer, start: number, record: CsvRecord, table: Table, rows: SourceRow[]): void {
    const line = this.#line
    const texts = record.cells.map((cell) => cellText(bytes, cell, this.#dialect))
    const place = { line, afterBlank: this.#afterBlank }
    const reading = record.fault === undefined ? table.read(texts, place) : table.isPlain ? 'plain' : 'special'
    if (reading === 'none') return
    const problem = findCsvProblem(bytes, record, this.#contextOf(table.header))
    const cells = table.columns.map((_, index) => texts[index] ?? '')
    const row: SourceRow = {
      row: ++this.#row,
      line,
      input: { kind: 'cells', cells },
      ...(problem === undefined ? {} : { problem }),
    }
    const isWhole = texts.length <= table.header.length
    const whole = isWhole ? row : { ...row, raw: bytes.toString('utf8', start, record.end) }
    rows.push(reading === 'plain' ? whole : table.arrange(whole, texts))
  }

  #headerError(problem: string): UsageError {
    return new UsageError(`The header of ${this.#name} cannot be read. ${problem}`)
  }

  #skipLine(bytes: Buffer, at: number, final: boolean): number {
    const end = findLineEnd(bytes, at, bytes.length)
    const next = skipLineEnd(bytes, end, final)
    // What is passed over is let go; a CR at the end stays until what follows it is known.
    if (next === undefined) return end
    this.#skip--
    this.#line++
    return next
  }
}

const LF = 10
