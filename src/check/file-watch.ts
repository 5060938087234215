import type { Json, SourceRow } from '../model.ts'
import { ColumnLookalikes } from '../plan/column-lookalikes.ts'
import type { CompiledPlan } from '../plan/compile-plan.ts'
import { restoreAll, snapshotAll } from '../plan/watch.ts'
import { plural } from '../words.ts'
import { ColumnWatch } from './column-watch.ts'
import { DeletionWatch } from './deletion-watch.ts'

/** Of fewer, as in a file of a night's changes, a column may well be empty in each. */
const FEWEST_ROWS = 10

interface WatchedFile {
  readonly plan: CompiledPlan
  /** The CSV header, or undefined for JSONL. */
  readonly columns: readonly string[] | undefined
  /** The texts that the plan names as empty. */
  readonly empty: readonly string[]
  /** Whether its rows were chosen: then a column that is empty in all of them says nothing. */
  readonly isChoice: boolean
}

/** Watches the columns that a plan names while a run goes over a file, for what all of their values together tell. */
export class FileWatch {
  readonly #file: WatchedFile
  readonly #columns: ColumnWatch
  readonly #lookalikes: ColumnLookalikes
  readonly #deletions: DeletionWatch
  #rows = 0

  constructor(file: WatchedFile) {
    const { plan, columns, empty } = file
    this.#file = file
    this.#columns = new ColumnWatch(columns, plan.columnsUsed)
    this.#lookalikes = new ColumnLookalikes(columns, plan.columnsUsed, empty)
    this.#deletions = new DeletionWatch(columns, plan.columnsUsed)
  }

  /** The plan, watched by this: to be given every row once. */
  watched(): CompiledPlan {
    const { plan } = this.#file
    return {
      ...plan,
      render: (row, without) => {
        this.#see(row)
        return plan.render(row, without)
      },
    }
  }

  /** What is to be said of columns by all rows so far, each beginning with the column's name. */
  remarks(): readonly string[] {
    const { plan } = this.#file
    return [
      ...(plan.remarks?.() ?? []),
      ...this.#lookalikes
        .all()
        .map(
          ({ column, text, rows }) => `${column}: ‘${text}’, which looks like nothing, is in ${plural(rows, 'row')}`,
        ),
      ...this.#deletions.remarks(),
      ...this.#withoutValue(),
    ]
  }

  /** What it has seen, for the session that goes on behind these rows. */
  snapshot(): Json {
    return {
      rows: this.#rows,
      columns: this.#columns.snapshot(),
      lookalikes: this.#lookalikes.snapshot(),
      deletions: this.#deletions.snapshot(),
      values: snapshotAll(this.#file.plan.watches ?? []),
    }
  }

  restore(seen: Json): void {
    const { rows, columns, lookalikes, deletions, values } = seen as { readonly [name: string]: Json } & {
      readonly rows: number
    }
    this.#rows = rows
    this.#columns.restore(columns ?? null)
    this.#lookalikes.restore(lookalikes ?? null)
    this.#deletions.restore(deletions ?? null)
    restoreAll(this.#file.plan.watches ?? [], values)
  }

  #see({ input }: SourceRow): void {
    this.#rows += 1
    this.#columns.see(input)
    this.#lookalikes.see(input)
    this.#deletions.see(input)
  }

  #withoutValue(): readonly string[] {
    const { plan, isChoice } = this.#file
    if (isChoice || this.#rows < FEWEST_ROWS) return []
    const { empty, missing } = this.#columns.all()
    return [
      ...missing.map((column) => `${column}: named in the plan, and in no row`),
      ...plan.columnsUsed.filter((column) => empty.includes(column)).map((column) => `${column}: empty in every row`),
    ]
  }
}
