import { type Checked, RowCheck } from '../../../check/check-rows.ts'
import { judgeInParallel } from '../../../check/apply-duplicates.ts'
import type { PassedOver } from '../../../model.ts'
import { compilePlan } from '../../../plan/compile-plan.ts'
import { loadPlan } from '../../../plan/load-plan.ts'
import { CsvReader } from '../../../source/csv/csv-reader.ts'
import { SegmentCutter } from '../../../source/csv/cut-segments.ts'
import type { HandedOver } from '../../../source/rows.ts'
import type { OpenFile } from '../../input/open-import.ts'
import { Slots, judgeSegments } from './judge-segments.ts'
import { ReaderThread } from './reader-thread.ts'
import { type SecondReader, type ThreadTask, readerFor } from './second-reader.ts'
import { SegmentJudge } from './segment-judge.ts'

/** How a file is checked in two threads. */
export interface ParallelOptions {
  /** Smaller files are not worth a second thread. */
  readonly fromBytes: number
  readonly segmentBytes: number
  /** Further rows are left to one thread: what is known of their members then takes more than is to be spent on a second. */
  readonly mostRows: number
  /** Starts who reads segments beside this thread. */
  readonly start: (task: ThreadTask) => SecondReader
}

/** A thread takes a third of a second to start, and a file of this size two seconds to be checked. */
export const PARALLEL: ParallelOptions = {
  fromBytes: 16 * 1024 * 1024,
  segmentBytes: 256 * 1024,
  mostRows: 3_000_000,
  start: (task) => new ReaderThread(task),
}

/** What was found in the rows of a file. */
export interface FoundInRows {
  readonly checked: Checked
  readonly passedOver: readonly PassedOver[]
}

/** What such a check is made of. */
type Opened = Pick<OpenFile, 'plan' | 'planName' | 'planText' | 'compiled' | 'source'>

interface Asked {
  readonly now: number
  readonly parallel: ParallelOptions
  /** Throws where the check is to stop. */
  readonly goOn: () => void
}

/** What there is to read in two threads; undefined where it is not worth it, or has to be read by `chunks`. */
export function handOver({ plan, source }: Opened, { fromBytes }: ParallelOptions): HandedOver | undefined {
  // With `last`, whose rows are read twice, each row waits for what is behind it.
  if (plan.duplicates === 'last' || (source.progress.bytesTotal ?? 0) < fromBytes) return undefined
  return source.handOver?.()
}

/**
 * Checks the rows of a file in two threads: both read segments of it (and render and hash their rows), and they are judged here in
 * the file's order, as what becomes of a row depends on those before. Where a segment is not what it seemed to be when it was cut,
 * those behind it begin elsewhere than was thought: then this thread goes on alone. What comes of it is what one thread comes
 * to (`RowCheck.absorb` says where it may differ).
 */
export async function checkInParallel(
  opened: Opened,
  { first, rest, pieces }: HandedOver,
  asked: Asked,
): Promise<FoundInRows> {
  const { plan, planName, planText, compiled, source } = opened
  const { columns } = source
  const { now, parallel, goOn } = asked
  // What watches a plan's columns is the plan's own: who is to see other rows has a plan to itself.
  const judged = judgeInParallel(compiled, compilePlan(loadPlan(planText, planName), columns), plan)
  const check = new RowCheck({ plan: judged.plan, columns, empty: plan.rows.empty, now })
  for (const row of first) check.see(row)

  const slots = new Slots(parallel.segmentBytes)
  const { name, options } = rest
  const task = { planName, planText, columns: columns ?? [], rest: { name, options }, now, slots: slots.shared }
  const own = readerFor(task)
  const judge = new SegmentJudge(rest, judged, check)
  const cutter = new SegmentCutter(rest, pieces)
  const readInParallel = async () => {
    // What it takes is given back before the rest is read.
    await using second = parallel.start(task)
    const left = await judgeSegments({ cutter, slots, own, second, judge, mostRows: parallel.mostRows }, goOn)
    return { left, states: [own.state(), await second.state()] }
  }
  const { left, states } = await readInParallel()

  let passedOver: readonly PassedOver[] = []
  if (left !== undefined) {
    const reader = new CsvReader(name, options)
    reader.goTo(left.place)
    for await (const piece of left.pieces) {
      goOn()
      for (const row of reader.read(piece)) check.see(row)
    }
    for (const row of reader.end()) check.see(row)
    passedOver = reader.passedOver
  }
  for (const state of states) {
    if (state !== undefined) check.absorb(state.seen, state.counted)
  }
  return { checked: check.result(), passedOver }
}
