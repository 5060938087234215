import type { RowCheck } from '../../../check/check-rows.ts'
import type { ParallelJudging } from '../../../check/apply-duplicates.ts'
import { readMeetings } from '../../../check/member-journal.ts'
import type { SourceRow } from '../../../model.ts'
import { CsvReader } from '../../../source/csv/csv-reader.ts'
import type { CsvRest } from '../../../source/csv/csv-rest.ts'
import type { Segment } from '../../../source/csv/cut-segments.ts'
import type { Place } from '../../../source/place.ts'
import type { ReadSegment } from './segment-reader.ts'

/**
 * Judges the rows of segments that others have read, in the file's order: by what was noted of them where they are new,
 * and of the few that are not by the rows themselves.
 */
export class SegmentJudge {
  readonly #judged: ParallelJudging
  readonly #check: RowCheck
  readonly #reader: CsvReader

  /** `check`: counts the rows that are read again. */
  constructor({ name, options }: Pick<CsvRest, 'name' | 'options'>, judged: ParallelJudging, check: RowCheck) {
    this.#judged = judged
    this.#check = check
    this.#reader = new CsvReader(name, options)
  }

  /** Gives the rows that it has read and counted itself. Undefined where the segment does not hold: nothing has happened. */
  judge(segment: Segment, bytes: Buffer, { end, lines, meetings }: ReadSegment): readonly number[] | undefined {
    // How many lines it has is known of a segment that another one follows; a CR alone ends lines that were not counted.
    const holds = segment.isLast ? end !== undefined && !hasLoneCr(bytes) : isSame(end, segment.next)
    if (!holds) return undefined
    const rows = new RowsOf(segment, bytes, lines)
    const own: number[] = []
    readMeetings([meetings], this.#judged.parts, (meeting) => {
      if (this.#judged.isNew(meeting)) return
      const row = this.#read(meeting.row, rows)
      this.#check.count(row.row, this.#check.find(row, this.#judged.again(row)))
      own.push(row.row)
    })
    return own
  }

  #read(number: number, rows: RowsOf): SourceRow {
    const { place, bytes } = rows.find(number)
    const isThere = this.#reader.goTo(place) !== undefined
    const read = isThere ? this.#reader.read(bytes) : []
    const [row, ...more] = read.length === 0 && isThere ? this.#reader.end() : read
    if (row?.row !== number || more.length > 0) throw new Error(`Row ${number} was read once, and cannot be again.`)
    return row
  }
}

/** Finds the bytes of rows in a segment: each further on than the one before. */
class RowsOf {
  readonly #segment: Segment
  readonly #bytes: Buffer
  readonly #lines: Uint32Array
  #line: number
  #at = 0

  constructor(segment: Segment, bytes: Buffer, lines: Uint32Array) {
    this.#segment = segment
    this.#bytes = bytes
    this.#lines = lines
    this.#line = segment.at.line
  }

  find(row: number): { readonly place: Place; readonly bytes: Buffer } {
    const { at } = this.#segment
    const index = row - at.row - 1
    const line = this.#lines[index] ?? 0
    const start = this.#goTo(line)
    const afterBlank = start === 0 ? at.afterBlank : this.#isBlankAbove(start)
    const next = this.#lines[index + 1]
    const end = next === undefined ? this.#bytes.length : this.#goTo(next)
    return {
      place: { row: row - 1, line, offset: at.offset + start, afterBlank },
      bytes: this.#bytes.subarray(start, end),
    }
  }

  /** Where a line begins. */
  #goTo(line: number): number {
    for (; this.#line < line; this.#line++) this.#at = this.#bytes.indexOf(LF, this.#at) + 1
    return this.#at
  }

  #isBlankAbove(start: number): boolean {
    const above = this.#bytes.subarray(this.#bytes.lastIndexOf(LF, start - 2) + 1, start - 1)
    return above.every((byte) => BLANK.has(byte))
  }
}

const LF = 10
const CR = 13
/** A tab, a CR and a space. */
const BLANK: ReadonlySet<number> = new Set([9, 13, 32])

function hasLoneCr(bytes: Buffer): boolean {
  for (let at = bytes.indexOf(CR); at >= 0; at = bytes.indexOf(CR, at + 1)) if (bytes[at + 1] !== LF) return true
  return false
}

function isSame(found: Place | undefined, assumed: Place | undefined): boolean {
  return (
    found !== undefined &&
    found.row === assumed?.row &&
    found.line === assumed.line &&
    found.offset === assumed.offset &&
    found.afterBlank === assumed.afterBlank
  )
}
