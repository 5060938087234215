import { RowCheck } from '../../../check/check-rows.ts'
import { compilePlan } from '../../../plan/compile-plan.ts'
import { loadPlan } from '../../../plan/load-plan.ts'
import type { CsvRest } from '../../../source/csv/csv-rest.ts'
import type { Segment } from '../../../source/csv/cut-segments.ts'
import { SegmentReader } from './segment-reader.ts'
import type { ReadSegment, ReaderState } from './segment-reader.ts'

/** Reads segments beside the thread that judges them: in the order in which it is given them. */
export interface SecondReader extends AsyncDisposable {
  /** Segments that wait for it. Infinity: it takes none. Throws what it failed with once it had begun. */
  readonly load: number
  /** Has it read a segment, whose bytes are in the slots from `from` on. */
  read(segment: Segment, from: number, onRead: (read: ReadSegment) => void): void
  /** Has it count the rows of the segment that it read first of those that wait, without these. */
  count(without: readonly number[]): void
  /** Waits until it has told anything. */
  news(): Promise<void>
  /** What it has counted; undefined where it took no segment. */
  state(): Promise<ReaderState | undefined>
}

/** What it needs, as data. */
export interface ThreadTask {
  readonly planName: string
  readonly planText: string
  readonly columns: readonly string[]
  readonly rest: Pick<CsvRest, 'name' | 'options'>
  /** Milliseconds since the epoch. */
  readonly now: number
  /** The bytes of segments. */
  readonly slots: SharedArrayBuffer
}

/** Who reads segments, made of data alone. */
export function readerFor({ planName, planText, columns, rest, now }: ThreadTask): SegmentReader {
  const plan = loadPlan(planText, planName)
  const compiled = compilePlan(plan, columns)
  return new SegmentReader(rest, compiled, new RowCheck({ plan: compiled, columns, empty: plan.rows.empty, now }))
}
