import type { Lane } from '../lanes/lane.ts'
import { laneNamed } from '../lanes/lanes.ts'
import type { LaneName, LaneRequest, SourceRow } from '../model.ts'
import type { CompiledPlan, Rendered, Requests } from '../plan/compile-plan.ts'
import { type ColumnLookalike, ColumnLookalikes } from '../plan/column-lookalikes.ts'
import { doubtsSent } from '../plan/doubtful-values.ts'
import { ColumnWatch } from './column-watch.ts'
import type { Columns } from './column-watch.ts'
import { Kinds } from './kinds.ts'
import type { FoundAt, Kind } from './kinds.ts'

/** What a file holds, as its plan reads it. */
export interface Checked {
  readonly rows: number
  /** Rows that an import would send. */
  readonly ready: number
  readonly invalid: number
  readonly skipped: number
  /** Rows for each lane of the plan. */
  readonly lanes: Readonly<Record<LaneName, number>>
  /** How often rows are looked up before they are sent, by the lane of the look-ups. */
  readonly lookUps: Readonly<Record<LaneName, number>>
  /** What makes rows invalid; a row with several faults counts with each. */
  readonly problems: readonly Kind[]
  /** Why rows would not be sent on purpose. */
  readonly skips: readonly Kind[]
  /** Rows that are sent though an earlier one is of the same member. */
  readonly repeats: readonly Kind[]
  /** What the API would cut, drop or refuse of rows that are sent. */
  readonly losses: readonly Kind[]
  /** Identifiers that are none, and that rows are sent without. */
  readonly left_out: readonly Kind[]
  /** Values that are sent, and may not be meant as they are read. */
  readonly doubts: readonly Kind[]
  /** What is to be said of columns by all their values. */
  readonly remarks: readonly string[]
  readonly columns: Columns
  /** Words in columns that the plan names which look like nothing, and that the plan does not name as empty. */
  readonly lookalikes: readonly ColumnLookalike[]
  /** The first request of each lane. */
  readonly first: Requests
}

export interface RowCheckOptions {
  readonly plan: CompiledPlan
  /** The CSV header, or undefined for JSONL. */
  readonly columns: readonly string[] | undefined
  /** The texts that the plan names as empty. */
  readonly empty?: readonly string[]
  /** Milliseconds since the epoch: what expires before is past. */
  readonly now: number
}

/** Looks at rows one by one, in the file's order, and sums up what it saw. Sends nothing, and keeps no rows. */
export class RowCheck {
  readonly #options: RowCheckOptions
  readonly #problems = new Kinds()
  readonly #skips = new Kinds()
  readonly #repeats = new Kinds()
  readonly #losses = new Kinds()
  readonly #leftOut = new Kinds()
  readonly #doubts = new Kinds()
  readonly #watch: ColumnWatch
  readonly #lookalikes: ColumnLookalikes
  #ready = 0
  #invalid = 0
  #skipped = 0
  readonly #lookUps = new Map<LaneName, number>()
  readonly #lanes: readonly LaneCheck[]

  constructor(options: RowCheckOptions) {
    this.#options = options
    this.#lanes = options.plan.lanes.map((name) => ({ lane: laneNamed(name), rows: 0, first: undefined }))
    this.#watch = new ColumnWatch(options.columns, options.plan.columnsUsed)
    this.#lookalikes = new ColumnLookalikes(options.columns, options.plan.columnsUsed, options.empty ?? [])
  }

  see(row: SourceRow): void {
    this.#watch.see(row.input)
    this.#lookalikes.see(row.input)
    const rendered = this.#options.plan.render(row)
    switch (rendered.kind) {
      case 'requests':
        this.#ready += 1
        this.#seeRequests(row, rendered)
        break
      case 'invalid':
        this.#invalid += 1
        for (const { message, kind, hint, value } of rendered.faults) {
          this.#problems.add(kind, at(row, rendered, message), hint, value)
        }
        break
      case 'skipped':
        this.#skipped += 1
        this.#skips.add(rendered.message, at(row, rendered, rendered.message), rendered.hint)
    }
  }

  result(): Checked {
    return {
      rows: this.#ready + this.#invalid + this.#skipped,
      ready: this.#ready,
      invalid: this.#invalid,
      skipped: this.#skipped,
      lanes: Object.fromEntries(this.#lanes.map(({ lane, rows }) => [lane.name, rows])),
      lookUps: Object.fromEntries(this.#lookUps),
      problems: this.#problems.all(),
      skips: this.#skips.all(),
      repeats: this.#repeats.all(),
      losses: this.#losses.all(),
      left_out: this.#leftOut.all(),
      doubts: this.#doubts.all(),
      remarks: this.#options.plan.remarks?.() ?? [],
      columns: this.#watch.all(),
      lookalikes: this.#lookalikes.all(),
      first: Object.fromEntries(
        this.#lanes.flatMap(({ lane, first }) => (first === undefined ? [] : [[lane.name, first]])),
      ),
    }
  }

  #seeRequests(row: SourceRow, rendered: Extract<Rendered, { kind: 'requests' }>): void {
    const { requests, again, leftOut } = rendered
    for (const { message, kind, hint, value } of doubtsSent(rendered)) {
      this.#doubts.add(kind, at(row, rendered, message), hint, value)
    }
    if (leftOut !== undefined) {
      for (const { message, kind, value } of leftOut) {
        this.#leftOut.add(kind, at(row, rendered, message), undefined, value)
      }
    }
    if (again !== undefined) this.#repeats.add(again, at(row, rendered, again))
    for (const check of this.#lanes) {
      const request = requests[check.lane.name]
      if (request === undefined) continue
      check.first ??= request
      check.rows += 1
      const lookedUp = check.lane.lookedUp?.(request)
      if (lookedUp !== undefined) this.#addLookUps(lookedUp)
      for (const { message } of check.lane.predictLosses?.(request, this.#options.now) ?? []) {
        this.#losses.add(message, at(row, rendered, message))
      }
    }
  }

  #addLookUps(lookedUp: Readonly<Record<LaneName, number>>): void {
    for (const [lane, times] of Object.entries(lookedUp)) {
      this.#lookUps.set(lane, (this.#lookUps.get(lane) ?? 0) + times)
    }
  }
}

/** What was seen of a lane of the plan. */
interface LaneCheck {
  readonly lane: Lane
  rows: number
  first: LaneRequest | undefined
}

function at({ row, line }: SourceRow, { key }: Rendered, message: string): FoundAt {
  return { row, line, key, message }
}
