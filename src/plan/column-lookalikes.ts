import type { Input, Json } from '../model.ts'
import { readCell, readPath } from './bind-columns.ts'
import type { Render } from './compile-template.ts'
import { type Lookalike, LookalikeWatch } from './lookalikes.ts'

export interface ColumnLookalike extends Lookalike {
  readonly column: string
}

/** Watches the columns that a plan names for words that look like nothing. */
export class ColumnLookalikes {
  readonly #watches: readonly { readonly column: string; readonly read: Render; readonly watch: LookalikeWatch }[]

  /** `columns`: the CSV header, or undefined for JSONL; `used`: what the plan names; `empty`: texts that it names as empty. */
  constructor(columns: readonly string[] | undefined, used: readonly string[], empty: readonly string[]) {
    const read = columns === undefined ? readPath : readCell(columns)
    this.#watches = used
      .filter((column) => column !== '.' && !column.startsWith('_'))
      .map((column) => ({ column, read: read(column), watch: new LookalikeWatch(empty) }))
  }

  see(input: Input): void {
    for (const { read, watch } of this.#watches) {
      const cell = read(input)
      if (typeof cell === 'string') watch.see(cell)
    }
  }

  /** What it has seen, for another one to go on from. */
  snapshot(): Json {
    return this.#watches.map(({ watch }) => watch.snapshot())
  }

  restore(seen: Json): void {
    const all = seen as readonly Json[]
    for (const [at, { watch }] of this.#watches.entries()) watch.restore(all[at] ?? [0, 0])
  }

  /** Takes in what another one has seen of other rows. */
  absorb(seen: Json): void {
    const all = seen as readonly Json[]
    for (const [at, { watch }] of this.#watches.entries()) watch.absorb(all[at] ?? [0, 0])
  }

  /** Most rows first. */
  all(): readonly ColumnLookalike[] {
    return this.#watches
      .flatMap(({ column, watch }) => watch.found().map((one) => ({ column, ...one })))
      .toSorted((a, b) => b.rows - a.rows)
  }
}
