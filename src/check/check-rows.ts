import { foreseeLinkLosses, foreseeRegisterLosses } from '../capillary/foresee-losses.ts'
import type { LaneName, LinkRequest, RegisterRequest, SourceRow } from '../model.ts'
import type { CompiledPlan, Rendered } from '../plan/compile-plan.ts'
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
  readonly lanes: Readonly<Partial<Record<LaneName, number>>>
  /** What makes rows invalid; a row with several faults counts with each. */
  readonly problems: readonly Kind[]
  /** Why rows would not be sent on purpose. */
  readonly skips: readonly Kind[]
  /** Rows that are sent though an earlier one is of the same member. */
  readonly repeats: readonly Kind[]
  /** What the API would cut, drop or refuse of rows that are sent. */
  readonly losses: readonly Kind[]
  readonly columns: Columns
  /** The first request of each lane. */
  readonly first: { readonly register?: RegisterRequest; readonly link?: LinkRequest }
}

export interface RowCheckOptions {
  readonly plan: CompiledPlan
  /** The CSV header, or undefined for JSONL. */
  readonly columns: readonly string[] | undefined
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
  readonly #watch: ColumnWatch
  #ready = 0
  #invalid = 0
  #skipped = 0
  #register = 0
  #link = 0
  #first: { readonly register?: RegisterRequest; readonly link?: LinkRequest } = {}

  constructor(options: RowCheckOptions) {
    this.#options = options
    this.#watch = new ColumnWatch(options.columns, options.plan.columnsUsed)
  }

  see(row: SourceRow): void {
    this.#watch.see(row.input)
    const rendered = this.#options.plan.render(row)
    switch (rendered.kind) {
      case 'requests':
        this.#ready += 1
        this.#seeRequests(row, rendered)
        break
      case 'invalid':
        this.#invalid += 1
        for (const { message, kind, hint } of rendered.faults) {
          this.#problems.add(kind, at(row, rendered, message), hint)
        }
        break
      case 'skipped':
        this.#skipped += 1
        this.#skips.add(rendered.message, at(row, rendered, rendered.message), rendered.hint)
    }
  }

  result(): Checked {
    const lanes = this.#options.plan.lanes.map((lane) => [lane, lane === 'register' ? this.#register : this.#link])
    return {
      rows: this.#ready + this.#invalid + this.#skipped,
      ready: this.#ready,
      invalid: this.#invalid,
      skipped: this.#skipped,
      lanes: Object.fromEntries(lanes) as Checked['lanes'],
      problems: this.#problems.all(),
      skips: this.#skips.all(),
      repeats: this.#repeats.all(),
      losses: this.#losses.all(),
      columns: this.#watch.all(),
      first: this.#first,
    }
  }

  #seeRequests(row: SourceRow, rendered: Extract<Rendered, { kind: 'requests' }>): void {
    const { register, link, again } = rendered
    const { now } = this.#options
    if (again !== undefined) this.#repeats.add(again, at(row, rendered, again))
    if (register !== undefined) {
      if (this.#register === 0) this.#first = { ...this.#first, register }
      this.#register += 1
      for (const { message } of foreseeRegisterLosses(register, now)) {
        this.#losses.add(message, at(row, rendered, message))
      }
    }
    if (link !== undefined) {
      if (this.#link === 0) this.#first = { ...this.#first, link }
      this.#link += 1
      for (const { message } of foreseeLinkLosses(link, now)) this.#losses.add(message, at(row, rendered, message))
    }
  }
}

function at({ row, line }: SourceRow, { key }: Rendered, message: string): FoundAt {
  return { row, line, key, message }
}
