import type { Input, Json } from '../model.ts'
import { trimBlank } from '../plan/invisible.ts'
import { plainName } from '../plan/plain-name.ts'
import { plural } from '../words.ts'

/**
 * Watches the columns in which change feeds and databases mark what was deleted: such rows are no less rows, and are treated
 * like the others. For JSON, a record's own fields count as columns.
 */
export class DeletionWatch {
  readonly #columns: readonly MarkedColumn[]
  readonly #used: ReadonlySet<string>
  /** By column, the rows that are marked, and how the first of them is. */
  readonly #found = new Map<string, Found>()

  /** `columns`: the CSV header, or undefined for JSON. `used`: what the plan names, and so knows of. */
  constructor(columns: readonly string[] | undefined, used: readonly string[]) {
    this.#used = new Set(used)
    this.#columns = (columns ?? []).flatMap((name, at) => {
      const marks = this.#used.has(name) ? undefined : marksOf(name)
      return marks === undefined ? [] : [{ name, at, marks }]
    })
  }

  see(input: Input): void {
    if (input.kind === 'cells') {
      for (const { name, at, marks } of this.#columns) this.#look(name, marks, input.cells[at] ?? '')
    } else if (isRecord(input.value)) {
      for (const name in input.value) {
        const value = input.value[name]
        const marks = this.#used.has(name) ? undefined : marksKept(name)
        if (marks === undefined || value === undefined || value === null || typeof value === 'object') continue
        this.#look(name, marks, String(value))
      }
    }
  }

  /** What is to be said of columns, each beginning with its name. */
  remarks(): readonly string[] {
    return Array.from(
      this.#found,
      ([name, { rows, text }]) =>
        `${name}: ${plural(rows, 'row')} with ‘${text}’ or the like, by which programs mark what was deleted: treated like the others. If these members are gone, leave them out where the file is made`,
    )
  }

  snapshot(): Json {
    return Array.from(this.#found, ([name, { rows, text }]) => [name, rows, text])
  }

  restore(seen: Json): void {
    this.#found.clear()
    this.absorb(seen)
  }

  absorb(seen: Json): void {
    for (const [name, rows, text] of (seen ?? []) as [string, number, string][]) this.#add(name, rows, text)
  }

  #look(name: string, marks: RegExp, cell: string): void {
    const text = trimBlank(cell)
    if (text !== '' && marks.test(text)) this.#add(name, 1, text)
  }

  #add(name: string, rows: number, text: string): void {
    const found = this.#found.get(name)
    if (found === undefined) this.#found.set(name, { rows, text })
    else found.rows += rows
  }
}

interface MarkedColumn {
  readonly name: string
  readonly at: number
  readonly marks: RegExp
}

interface Found {
  rows: number
  readonly text: string
}

/** What marks a row as deleted in a column of this name; undefined where its name does not say that it marks any. */
function marksOf(name: string): RegExp | undefined {
  const plain = plainName(name)
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, '_')
  return KINDS.find(([names]) => names.test(plain))?.[1]
}

function marksKept(name: string): RegExp | undefined {
  let marks = kept.get(name)
  if (marks === undefined) {
    marks = marksOf(name) ?? null
    // Records may each have names of their own.
    if (kept.size < NAMES_KEPT) kept.set(name, marks)
  }
  return marks ?? undefined
}

const NAMES_KEPT = 1_000
const kept = new Map<string, RegExp | null>()

/**
 * What AWS DMS, Debezium, Qlik, Delta Lake, Informatica and SQL Server call the change that a row is; Salesforce's, Fivetran's
 * and SAP's flags; and the time at which Laravel, Rails, Airbyte and Stitch have it deleted.
 */
const KINDS: readonly (readonly [names: RegExp, marks: RegExp])[] = [
  [/^_?\$operation$/, /^1$/],
  [
    /^(?:_?(?:cdc_)?op(?:eration)?(?:_type)?|_?(?:header_)?change_(?:oper|operation|type)|dml_type|row_?kind|iud)$/,
    /^(?:-?d|deleted?|removed?)$/i,
  ],
  [
    /^(?:_?(?:is_?)?(?:deleted|removed)(?:_flag|_ind)?|delet(?:e|ion)_(?:flag|mark|indicator)|del_flag|_fivetran_deleted|loevm|lvorm)$/,
    /^(?:t(?:rue)?|1|y(?:es)?|x|d|deleted)$/i,
  ],
  [/^(?:.*_)?deleted_?(?:at|on|date|time)$|^date_deleted$/, /^(?!0000|null$|\\n$|none$|nan$|nat$|n\/a$|0$|-$)./i],
]

function isRecord(value: Json): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
