import type { RowCheck } from '../../../check/check-rows.ts'
import type { Counted } from '../../../check/check-rows.ts'
import { notesFor } from '../../../check/apply-duplicates.ts'
import type { RowFinding } from '../../../check/row-finding.ts'
import type { Json, SourceRow } from '../../../model.ts'
import type { CompiledPlan } from '../../../plan/compile-plan.ts'
import { CsvReader } from '../../../source/csv/csv-reader.ts'
import type { CsvRest } from '../../../source/csv/csv-rest.ts'
import type { Segment } from '../../../source/csv/cut-segments.ts'
import type { Place } from '../../../source/place.ts'

/** What was found in a segment. */
export interface ReadSegment {
  /** Where it ends; undefined where it holds more than plain rows, so that those behind it are not what they seem. */
  readonly end: Place | undefined
  /** The line of each row. */
  readonly lines: Uint32Array<ArrayBuffer>
  /** Of the rows that would be sent: what a memory of members is to be asked of them. */
  readonly meetings: Uint32Array<ArrayBuffer>
}

/** What a reader has to tell in the end. */
export interface ReaderState {
  readonly seen: Json
  readonly counted: Counted
}

/** Keeps the rows of a piece from being more than the youngest part of the heap holds. */
const PIECE_BYTES = 64 * 1024

/**
 * Reads and renders the rows of segments, in the file's order but not of all of them. Counts none of a segment until it is
 * told that it holds, and which of its rows somebody else has judged.
 */
export class SegmentReader {
  readonly #reader: CsvReader
  readonly #plan: CompiledPlan
  readonly #check: RowCheck
  readonly #notes: ReturnType<typeof notesFor>
  readonly #waiting: Waiting[] = []
  /** What was seen in the segments that are counted. */
  #seen: Json

  /** `plan`: loaded and compiled for it alone, and `check`'s as well; each row is rendered by itself, whatever stands before it. */
  constructor({ name, options }: Pick<CsvRest, 'name' | 'options'>, plan: CompiledPlan, check: RowCheck) {
    this.#reader = new CsvReader(name, options)
    this.#plan = plan
    this.#check = check
    this.#notes = notesFor(plan)
    this.#seen = check.seen()
  }

  read({ at, isLast }: Segment, bytes: Buffer): ReadSegment {
    const [lines, findings]: [number[], RowFinding[]] = [[], []]
    const see = (row: SourceRow): void => {
      lines.push(row.line)
      findings.push(this.#see(row))
    }
    const isThere = this.#reader.goTo(at) !== undefined
    if (isThere) {
      for (const piece of inPieces(bytes)) this.#reader.read(piece).forEach(see)
      if (isLast) this.#reader.end().forEach(see)
    }
    this.#waiting.push({ firstRow: at.row + 1, findings, seen: this.#check.seen() })
    return {
      end: isThere ? this.#reader.place() : undefined,
      lines: Uint32Array.from(lines),
      meetings: this.#notes.take(),
    }
  }

  /** Counts the rows of the segment that it read first of those that wait, without these. */
  count(without: readonly number[]): void {
    const first = this.#waiting.shift()
    if (first === undefined) throw new Error('No segment waits to be counted.')
    const judged = new Set(without)
    for (const [at, finding] of first.findings.entries()) {
      const row = first.firstRow + at
      if (!judged.has(row)) this.#check.count(row, finding)
    }
    this.#seen = first.seen
  }

  /** Of the segments that are counted. */
  state(): ReaderState {
    return { seen: this.#seen, counted: this.#check.counted() }
  }

  #see(row: SourceRow): RowFinding {
    this.#check.seeCells(row.input)
    const rendered = this.#plan.render(row)
    if (rendered.kind === 'requests') this.#notes.note(row.row, rendered)
    return this.#check.find(row, rendered)
  }
}

/** The bytes in pieces that are not too long to be read in one go. */
export function* inPieces(bytes: Buffer): Generator<Buffer, void, undefined> {
  for (let at = 0; at < bytes.length; at += PIECE_BYTES) yield bytes.subarray(at, at + PIECE_BYTES)
}

interface Waiting {
  readonly firstRow: number
  readonly findings: readonly RowFinding[]
  /** What had been seen behind it. */
  readonly seen: Json
}
