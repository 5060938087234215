import type { Input, Json } from '../model.ts'
import { trimBlank } from '../plan/invisible.ts'
import { plainName } from '../plan/plain-name.ts'

/** What a file's columns have to do with its plan. For JSONL, a record's own fields count as columns. */
export interface Columns {
  /** Nothing stands in them in any row. */
  readonly empty: readonly string[]
  /** No part of the plan names them. */
  readonly unused: readonly string[]
  /** JSONL: the plan names them, and no record has them. A CSV file's are refused before a row is read. */
  readonly missing: readonly string[]
}

/** Watches which columns ever hold something. Cheap: a column that did is not looked at again. */
export class ColumnWatch {
  readonly #columns: readonly string[] | undefined
  readonly #used: ReadonlySet<string>
  /** CSV: the places of the columns that have been empty so far. */
  #stillEmpty: number[]
  /** JSONL: the fields met, and whether something ever stood in them. */
  readonly #fields = new Map<string, boolean>()

  /** `columns`: the CSV header, or undefined for JSONL. `used`: what the plan names. */
  constructor(columns: readonly string[] | undefined, used: readonly string[]) {
    this.#columns = columns
    this.#used = new Set(used)
    this.#stillEmpty = (columns ?? []).map((_, index) => index)
  }

  see(input: Input): void {
    if (input.kind === 'value') this.#seeFields(input.value)
    else if (this.#stillEmpty.length > 0) {
      const { cells } = input
      const before = this.#stillEmpty
      if (before.some((index) => !isBlank(cells[index]))) {
        this.#stillEmpty = before.filter((index) => isBlank(cells[index]))
      }
    }
  }

  all(): Columns {
    const names = this.#columns ?? [...this.#fields.keys()]
    const empty = this.#columns
      ? this.#stillEmpty.map((index) => this.#columns?.[index] ?? '')
      : names.filter((name) => this.#fields.get(name) === false)
    const whole = this.#used.has('.')
    const unused = whole ? [] : names.filter((name) => !this.#isUsed(name) && !ADDED.test(name))
    const missing =
      this.#columns !== undefined || this.#fields.size === 0
        ? []
        : [...this.#used].filter((name) => name !== '.' && !this.#isThere(name))
    return { empty, unused, missing }
  }

  /** What it has seen, for another one to go on from. */
  snapshot(): Json {
    return { empty: this.#stillEmpty, fields: Array.from(this.#fields, ([name, isFilled]) => [name, isFilled]) }
  }

  restore(seen: Json): void {
    const { empty, fields } = seen as unknown as { empty: number[]; fields: [string, boolean][] }
    this.#stillEmpty = empty
    this.#fields.clear()
    for (const [name, isFilled] of fields) this.#fields.set(name, isFilled)
  }

  /** Takes in what another one has seen of other rows of a file with a header. */
  absorb(seen: Json): void {
    const empty = new Set((seen as unknown as { empty: number[] }).empty)
    this.#stillEmpty = this.#stillEmpty.filter((index) => empty.has(index))
  }

  #seeFields(value: Extract<Input, { kind: 'value' }>['value']): void {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return
    for (const [name, field] of Object.entries(value)) {
      if (this.#fields.get(name) === true) continue
      // A file whose every record has names of its own must not fill the memory.
      if (this.#fields.size < FIELDS_KEPT || this.#fields.has(name)) {
        this.#fields.set(name, !(field === null || (typeof field === 'string' && isBlank(field))))
      }
    }
  }

  /** By its own name or, in JSONL, by a path that goes through it. */
  #isUsed(name: string): boolean {
    if (this.#used.has(name) || this.#used.has(plainName(name))) return true
    return this.#columns === undefined && [...this.#used].some((used) => used.startsWith(`${name}.`))
  }

  #isThere(used: string): boolean {
    return this.#fields.has(used) || [...this.#fields.keys()].some((name) => used.startsWith(`${name}.`))
  }
}

const FIELDS_KEPT = 1_000
/** Columns of an earlier report of ours, in a file that was mended. */
const ADDED = /^_/

function isBlank(cell: string | undefined): boolean {
  return cell === undefined || trimBlank(cell) === ''
}
