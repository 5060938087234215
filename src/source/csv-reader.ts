import { isUtf8 } from 'node:buffer'
import { CsvError, parse } from 'csv-parse/sync'
import { type SourceRow, UsageError } from '../model.ts'
import { findCsvBlock } from './csv-block.ts'
import type { CsvBlock } from './csv-block.ts'
import { findCsvProblem } from './csv-problem.ts'
import { cellText, findLineEnd, readCsvRecord, skipLineEnd } from './csv-record.ts'
import type { CsvRecord } from './csv-record.ts'
import { MAX_RECORD_BYTES, OVERLONG_RAW_BYTES, overlongProblem } from './record-reader.ts'
import type { RecordReader } from './record-reader.ts'

/**
 * Reads CSV records. Blocks of whole records go to csv-parse; a block that it refuses, or in which anything is out of
 * the ordinary, is read again record by record (`readCsvRecord`), so that each bad record is a row with its problem
 * and its neighbours are untouched. Both readings agree on sound records.
 *
 * Lines that hold nothing but spaces and tabs are no records (`""` in a file of one column is one).
 * Throws UsageError where the header cannot be read.
 */
export class CsvReader implements RecordReader {
  readonly #name: string
  readonly #maxRecordBytes: number
  #columns: readonly string[] | undefined
  #pending: Buffer = Buffer.alloc(0)
  /** Below this length it is not worth looking again: an open quote waits for twice as much each time. */
  #enough = 0
  #skipping = false
  #row = 0
  #line = 1

  constructor(name: string, { maxRecordBytes = MAX_RECORD_BYTES }: { maxRecordBytes?: number } = {}) {
    this.#name = name
    this.#maxRecordBytes = maxRecordBytes
  }

  get columns(): readonly string[] | undefined {
    return this.#columns
  }

  read(bytes: Buffer): SourceRow[] {
    return this.#take(bytes, false)
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
    if (this.#skipping) return this.#skip(bytes, at, final)
    if (this.#columns === undefined) return this.#readRecord(bytes, at, final, rows)

    const block = findCsvBlock(bytes, at, final)
    if (block.end - at < this.#maxRecordBytes && this.#readSound(bytes.subarray(at, block.end), block, rows)) {
      return block.end
    }
    let next = at
    do {
      const start = next
      next = this.#readRecord(bytes, start, final, rows)
      if (next === start) break
    } while (next < block.end && !this.#skipping)
    return next
  }

  /** Reads a block in which all is well. Otherwise false, and nothing has happened. */
  #readSound(bytes: Buffer, block: CsvBlock, rows: SourceRow[]): boolean {
    const width = this.#columns?.length
    if (bytes.length === 0 || block.hasNul || !isUtf8(bytes)) return false
    const records = parseSound(bytes, block)
    if (records === undefined) return false

    const found: SourceRow[] = []
    let line = this.#line
    let row = this.#row
    for (const cells of records) {
      if (cells.length === 1 && BLANK.test(cells[0] ?? '')) {
        // The empty line and the cell that is quoted and empty look the same here.
        if (block.hasQuotes) return false
        line++
        continue
      }
      if (cells.length !== width) return false
      found.push({ row: ++row, line, input: { kind: 'cells', cells } })
      line += block.hasInnerLines ? 1 + countInnerLines(cells) : 1
    }
    for (const each of found) rows.push(each)
    this.#row = row
    this.#line = line
    return true
  }

  #readRecord(bytes: Buffer, start: number, final: boolean, rows: SourceRow[]): number {
    const line = this.#line
    const reading = readCsvRecord(bytes, { start, line, final, maxRecordBytes: this.#maxRecordBytes })
    switch (reading.kind) {
      case 'incomplete':
        return start
      case 'overlong': {
        const problem = overlongProblem(line, this.#maxRecordBytes)
        if (this.#columns === undefined) throw this.#headerError(problem)
        const cells = this.#columns.map(() => '')
        const raw = bytes.toString('utf8', start, Math.min(start + OVERLONG_RAW_BYTES, reading.next))
        rows.push({ row: ++this.#row, line, input: { kind: 'cells', cells }, problem, raw })
        this.#line = reading.line
        this.#skipping = true
        return reading.next
      }
      case 'record': {
        this.#line = reading.nextLine
        if (!isBlank(bytes, reading)) {
          if (this.#columns === undefined) this.#columns = this.#readHeader(bytes, reading)
          else rows.push(toRow(bytes, start, reading, { columns: this.#columns, row: ++this.#row, line }))
        }
        return reading.next
      }
    }
  }

  #readHeader(bytes: Buffer, record: CsvRecord): readonly string[] {
    const names = record.cells.map((cell) => cellText(bytes, cell))
    const problem = findCsvProblem(bytes, record, names)
    if (problem !== undefined) throw this.#headerError(problem)
    return names
  }

  #headerError(problem: string): UsageError {
    return new UsageError(`The header of ${this.#name} cannot be read. ${problem}`)
  }

  #skip(bytes: Buffer, at: number, final: boolean): number {
    const end = findLineEnd(bytes, at, bytes.length)
    const next = skipLineEnd(bytes, end, final)
    // What is passed over is let go; a CR at the end stays until what follows it is known.
    if (next === undefined) return end
    this.#skipping = false
    this.#line++
    return next
  }
}

function parseSound(bytes: Buffer, block: CsvBlock): string[][] | undefined {
  try {
    return parse(bytes, { relax_column_count: true, record_delimiter: block.lineEnds })
  } catch (error) {
    if (error instanceof CsvError) return undefined
    throw error
  }
}

function countInnerLines(cells: readonly string[]): number {
  let lines = 0
  for (const cell of cells) lines += cell.match(LINE_END)?.length ?? 0
  return lines
}

function isBlank(bytes: Buffer, { cells, fault }: CsvRecord): boolean {
  const [cell] = cells
  return cells.length === 1 && cell !== undefined && !cell.quoted && !fault && BLANK.test(cellText(bytes, cell))
}

function toRow(
  bytes: Buffer,
  start: number,
  record: CsvRecord,
  { columns, row, line }: { columns: readonly string[]; row: number; line: number },
): SourceRow {
  const texts = record.cells.map((cell) => cellText(bytes, cell))
  const problem = findCsvProblem(bytes, record, columns)
  if (problem === undefined) return { row, line, input: { kind: 'cells', cells: texts } }
  const cells = columns.map((_, index) => texts[index] ?? '')
  if (texts.length <= columns.length) return { row, line, input: { kind: 'cells', cells }, problem }
  return { row, line, input: { kind: 'cells', cells }, problem, raw: bytes.toString('utf8', start, record.end) }
}

const BLANK = /^[ \t]*$/
const LINE_END = /\r\n|\n|\r/g
