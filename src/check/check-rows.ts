import type { Input, Json, LaneName, LaneRequest, SourceRow } from '../model.ts'
import type { CompiledPlan, Rendered, Requests } from '../plan/compile-plan.ts'
import { type ColumnLookalike, ColumnLookalikes } from '../plan/column-lookalikes.ts'
import { absorbAll, snapshotAll } from '../plan/watch.ts'
import { ColumnWatch } from './column-watch.ts'
import { DeletionWatch } from './deletion-watch.ts'
import type { Columns } from './column-watch.ts'
import { Kinds } from './kinds.ts'
import type { Kind, KindsFound } from './kinds.ts'
import { type ListName, type RowFinding, RowFindings } from './row-finding.ts'

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

/** What a check has counted, as data. */
export interface Counted {
  readonly ready: number
  readonly invalid: number
  readonly skipped: number
  readonly lanes: readonly (readonly [LaneName, number])[]
  readonly lookUps: readonly (readonly [LaneName, number])[]
  readonly firsts: readonly (readonly [LaneName, FirstRequest])[]
  readonly lists: readonly (readonly [ListName, KindsFound])[]
}

interface FirstRequest {
  readonly row: number
  readonly request: LaneRequest
}

/**
 * Looks at rows one by one, in the file's order, and sums up what it saw. Sends nothing, and keeps no rows. Two of them may
 * look at a row each: what the one has seen and counted, the other takes in.
 */
export class RowCheck {
  readonly #options: RowCheckOptions
  readonly #findings: RowFindings
  readonly #lists: Readonly<Record<ListName, Kinds>> = {
    problems: new Kinds(),
    skips: new Kinds(),
    repeats: new Kinds(),
    losses: new Kinds(),
    left_out: new Kinds(),
    doubts: new Kinds(),
  }
  readonly #watch: ColumnWatch
  readonly #lookalikes: ColumnLookalikes
  readonly #deletions: DeletionWatch
  #ready = 0
  #invalid = 0
  #skipped = 0
  readonly #lookUps = new Map<LaneName, number>()
  readonly #lanes: Map<LaneName, number>
  readonly #firsts = new Map<LaneName, FirstRequest>()

  constructor(options: RowCheckOptions) {
    const { plan, columns, empty = [], now } = options
    this.#options = options
    this.#findings = new RowFindings(plan.lanes, now)
    this.#lanes = new Map(plan.lanes.map((name) => [name, 0]))
    this.#watch = new ColumnWatch(columns, plan.columnsUsed)
    this.#lookalikes = new ColumnLookalikes(columns, plan.columnsUsed, empty)
    this.#deletions = new DeletionWatch(columns, plan.columnsUsed)
  }

  see(row: SourceRow): void {
    this.seeCells(row.input)
    this.count(row.row, this.find(row, this.#options.plan.render(row)))
  }

  /** Looks at what stands in the row's columns alone. */
  seeCells(input: Input): void {
    this.#watch.see(input)
    this.#lookalikes.see(input)
    this.#deletions.see(input)
  }

  /** What the row adds, as it was rendered. Counts nothing. */
  find(row: SourceRow, rendered: Rendered): RowFinding {
    return this.#findings.of(row, rendered, rendered.kind === 'requests' && this.#mayBeFirst(rendered.requests))
  }

  /** Counts what a row adds: of each row once, and in order. */
  count(row: number, { kind, lanes, lookUps, said, requests }: RowFinding): void {
    if (kind === 'requests') this.#ready += 1
    else if (kind === 'invalid') this.#invalid += 1
    else this.#skipped += 1
    for (const lane of lanes) {
      this.#lanes.set(lane, (this.#lanes.get(lane) ?? 0) + 1)
      const request = requests?.[lane]
      if (request !== undefined && !this.#firsts.has(lane)) this.#firsts.set(lane, { row, request })
    }
    addAll(this.#lookUps, lookUps)
    for (const { list, kind: one, at, hint, value } of said) this.#lists[list].add(one, at, hint, value)
  }

  /** What it has seen in columns so far, as data; what its plan's watches have, among it. */
  seen(): Json {
    const { watches = [] } = this.#options.plan
    return [this.#watch.snapshot(), this.#lookalikes.snapshot(), snapshotAll(watches), this.#deletions.snapshot()]
  }

  counted(): Counted {
    return {
      ready: this.#ready,
      invalid: this.#invalid,
      skipped: this.#skipped,
      lanes: [...this.#lanes],
      lookUps: [...this.#lookUps],
      firsts: [...this.#firsts],
      lists: Object.entries(this.#lists).map(([name, kinds]) => [name as ListName, kinds.found()]),
    }
  }

  /**
   * Takes in what another one has seen and counted of other rows. What comes of it is what one alone would have come to,
   * but for what is bounded (of more kinds, texts or names than are kept, others may be), and for the order of lookalikes that
   * are in as many rows.
   */
  absorb(seen: Json, { ready, invalid, skipped, lanes, lookUps, firsts, lists }: Counted): void {
    const [columns = null, lookalikes = null, watches = null, deletions = null] = seen as readonly Json[]
    this.#watch.absorb(columns)
    this.#lookalikes.absorb(lookalikes)
    this.#deletions.absorb(deletions)
    absorbAll(this.#options.plan.watches ?? [], watches)
    this.#ready += ready
    this.#invalid += invalid
    this.#skipped += skipped
    addAll(this.#lanes, lanes)
    addAll(this.#lookUps, lookUps)
    for (const [lane, first] of firsts) {
      const own = this.#firsts.get(lane)
      if (own === undefined || first.row < own.row) this.#firsts.set(lane, first)
    }
    for (const [name, found] of lists) this.#lists[name].absorb(found)
  }

  result(): Checked {
    const { problems, skips, repeats, losses, left_out, doubts } = this.#lists
    return {
      rows: this.#ready + this.#invalid + this.#skipped,
      ready: this.#ready,
      invalid: this.#invalid,
      skipped: this.#skipped,
      lanes: Object.fromEntries(this.#lanes),
      lookUps: Object.fromEntries(this.#lookUps),
      problems: problems.all(),
      skips: skips.all(),
      repeats: repeats.all(),
      losses: losses.all(),
      left_out: left_out.all(),
      doubts: doubts.all(),
      remarks: [...(this.#options.plan.remarks?.() ?? []), ...this.#deletions.remarks()],
      columns: this.#watch.all(),
      lookalikes: this.#lookalikes.all(),
      first: Object.fromEntries(
        [...this.#lanes.keys()].flatMap((lane) => {
          const first = this.#firsts.get(lane)
          return first === undefined ? [] : [[lane, first.request]]
        }),
      ),
    }
  }

  #mayBeFirst(requests: Requests): boolean {
    if (this.#firsts.size === this.#lanes.size) return false
    for (const lane in requests) if (!this.#firsts.has(lane)) return true
    return false
  }
}

function addAll(counts: Map<LaneName, number>, more: RowFinding['lookUps']): void {
  for (const [lane, times] of more) counts.set(lane, (counts.get(lane) ?? 0) + times)
}
