import { setImmediate } from 'node:timers/promises'
import type { Segment, SegmentCutter } from '../../../source/csv/cut-segments.ts'
import type { Pieces } from '../../../source/pieces.ts'
import type { Place } from '../../../source/place.ts'
import type { SecondReader } from './second-reader.ts'
import type { SegmentJudge } from './segment-judge.ts'
import { type ReadSegment, type SegmentReader, inPieces } from './segment-reader.ts'

/** Segments that are in memory at a time; and of those, how many may wait for the other thread. */
const SLOTS = 8
const MOST_WAITING = 3

/** Room for the segments of a file that are on their way. */
export class Slots {
  readonly shared: SharedArrayBuffer
  readonly #free: number[]
  readonly #bytes: number

  constructor(segmentBytes: number) {
    this.#bytes = segmentBytes
    this.shared = new SharedArrayBuffer(SLOTS * segmentBytes)
    this.#free = Array.from({ length: SLOTS }, (_, at) => at * segmentBytes)
  }

  /** Where a free one begins; undefined: there is none. */
  take(): number | undefined {
    return this.#free.pop()
  }

  give(from: number): void {
    this.#free.push(from)
  }

  bytes(from: number, length = this.#bytes): Buffer {
    return Buffer.from(this.shared, from, length)
  }
}

/** What is left to one thread: what could not be done in segments, or is behind the most rows that two read. */
export interface Rest {
  readonly place: Place
  readonly pieces: Pieces
}

interface Workers {
  readonly cutter: SegmentCutter
  readonly slots: Slots
  /** This thread's. */
  readonly own: SegmentReader
  readonly second: SecondReader
  readonly judge: SegmentJudge
  /** From this row on, one goes on alone. */
  readonly mostRows: number
}

interface OnItsWay {
  readonly segment: Segment
  readonly from: number
  by?: 'own' | 'second'
  read?: ReadSegment
}

/**
 * Has the segments of a file read by two threads, and judges them in order. Gives what it left: from the first segment
 * on that was not as it seemed, or that begins behind the most rows. `goOn`: throws where it is to stop.
 */
export async function judgeSegments(workers: Workers, goOn: () => void): Promise<Rest | undefined> {
  const { cutter, slots, own, second, judge, mostRows } = workers
  const onTheWay: OnItsWay[] = []
  let isCut = false
  let left: Rest | undefined
  for (;;) {
    goOn()
    const [first] = onTheWay
    if (first === undefined && isCut) return left
    if (first?.read !== undefined) {
      const without = judge.judge(first.segment, bytesOf(first), first.read)
      if (without === undefined) {
        return { place: first.segment.at, pieces: chained(onTheWay.map(bytesOf), cutter.rest()) }
      }
      ;(first.by === 'own' ? own : second).count(without)
      slots.give(first.from)
      onTheWay.shift()
      continue
    }
    const waiting = onTheWay.find(({ by }) => by === undefined)
    if (waiting !== undefined && second.load < MOST_WAITING) {
      waiting.by = 'second'
      second.read(waiting.segment, waiting.from, (read) => (waiting.read = read))
      continue
    }
    if (!isCut && cutter.place.row >= mostRows) {
      left = { place: cutter.place, pieces: cutter.rest() }
      isCut = true
      continue
    }
    const free = isCut || waiting !== undefined ? undefined : slots.take()
    if (free !== undefined) {
      const segment = await cutter.next(slots.bytes(free))
      if (segment !== undefined) onTheWay.push({ segment, from: free })
      isCut = segment === undefined || segment.next === undefined
      continue
    }
    if (waiting === undefined) await second.news()
    else {
      waiting.by = 'own'
      waiting.read = own.read(waiting.segment, bytesOf(waiting))
      // What the other thread has to say is heard between two of them.
      await setImmediate()
    }
  }

  function bytesOf({ from, segment }: OnItsWay): Buffer {
    return slots.bytes(from, segment.bytes)
  }
}

async function* chained(cut: readonly Buffer[], rest: Pieces): Pieces {
  for (const bytes of cut) yield* inPieces(bytes)
  yield* rest
}
