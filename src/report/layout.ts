import type { Ledger, ResultRow } from '../ledger/ledger.ts'
import type { Input, Json } from '../model.ts'
import { fileOfRow } from './file-of-row.ts'
import { flatten } from './flatten.ts'

/** The columns that results.csv and rejects.csv add behind the file's own. */
export const addedColumns = [
  '_row',
  '_line',
  '_status',
  '_register',
  '_customer_id',
  '_link',
  '_attempts',
  '_code',
  '_message',
  '_hint',
  '_warnings',
  '_side_effects',
  '_request_id',
  '_finished_at',
] as const

/** How the file's own columns stand in the reports. */
export interface Layout {
  /** The file's own columns as the CSV reports have them: without those that we add. */
  readonly columns: readonly string[]
  /** A row's cells under `columns`; a row with too few is filled up, one with too many cut. */
  readonly cells: (input: Input) => readonly string[]
  /** A row's input as JSON text: an object by column name for CSV, the record as it was for JSONL. */
  readonly json: (input: ResultRow['input']) => string
  /** Where the run is over several files: the one that a row is from, for a column `_file` behind all others. */
  readonly fileOf?: ((row: number) => string) | undefined
}

/**
 * The layout of a run's reports: of the CSV's columns where the ledger's meta has `columns`, otherwise of the names in
 * its JSONL records, in the order in which they are first seen (one pass over all of them).
 */
export function readLayout(ledger: Pick<Ledger, 'meta' | 'inputs'>): Layout {
  const columns = ledger.meta.get('columns')
  const layout = isTextList(columns) ? csvLayout(columns) : jsonlLayout(namesOf(ledger.inputs()))
  return { ...layout, fileOf: fileOfRow(ledger.meta) }
}

/** The layout for a CSV file with these columns. In JSON, a name that comes again gets `#2`, `#3` … */
export function csvLayout(columns: readonly string[]): Layout {
  const kept = columns.flatMap((name, index) => (isAdded(name) || isOurFile(columns, index) ? [] : [index]))
  const names = distinct(columns).map((name) => `${JSON.stringify(name)}:`)

  function json(input: Input): string {
    const cells = cellsOf(input)
    let text = ''
    for (const [index, name] of names.entries())
      text += `${index === 0 ? '' : ','}${name}${JSON.stringify(cells[index] ?? '')}`
    return `{${text}}`
  }

  return {
    columns: kept.map((index) => columns[index] ?? ''),
    cells(input) {
      const cells = cellsOf(input)
      return kept.map((index) => cells[index] ?? '')
    },
    json,
  }
}

/** The layout for JSONL records with these columns. */
export function jsonlLayout(columns: readonly string[]): Layout {
  const kept = columns.filter((name) => !isAdded(name))
  return {
    columns: kept,
    cells(input) {
      const cells = flatten(input.kind === 'value' ? input.value : null)
      return kept.map((name) => cells.get(name) ?? '')
    },
    json: (input) => JSON.stringify(input.kind === 'value' ? input.value : input.cells),
  }
}

function cellsOf(input: Input): readonly string[] {
  return input.kind === 'cells' ? input.cells : []
}

function namesOf(inputs: Iterable<Input>): readonly string[] {
  const names = new Set<string>()
  for (const input of inputs) {
    if (input.kind === 'cells') throw new Error('the ledger holds CSV rows, but its meta has no columns')
    for (const name of flatten(input.value).keys()) names.add(name)
  }
  return [...names]
}

function distinct(columns: readonly string[]): readonly string[] {
  const taken = new Set(columns)
  const seen = new Set<string>()
  return columns.map((name) => {
    let unique = name
    for (let n = 2; seen.has(unique) || (unique !== name && taken.has(unique)); n++) unique = `${name}#${n}`
    seen.add(unique)
    return unique
  })
}

function isAdded(name: string): boolean {
  return addedNames.has(name)
}

/** `_file` is ours where it stands behind our other columns. */
function isOurFile(columns: readonly string[], index: number): boolean {
  return columns[index] === '_file' && index > 0 && isAdded(columns[index - 1] ?? '')
}

const addedNames: ReadonlySet<string> = new Set(addedColumns)

function isTextList(value: Json | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}
