import type { Json, SourceRow } from '../model.ts'
import { trimBlank } from '../plan/invisible.ts'
import { plainCell } from '../plan/plain-cell.ts'
import { plainName } from '../plan/plain-name.ts'

/** A column, and what stands in it in the first rows of a file. */
export interface SampledColumn {
  /** As a plan names it; for JSONL with dots. */
  readonly name: string
  /** What is not empty, in the file's order, without the spaces around it. */
  readonly values: readonly string[]
  /** JSONL: whether all of them are numbers or booleans, and so need no filter. */
  readonly typed: boolean
  /** The same with the white space around them, where some have any: as where a program pads them to one width. */
  readonly padded?: readonly string[]
  /** Row by row, empty where a row has none; absent where all have one. */
  readonly cells?: readonly string[]
}

/** Gathers rows column by column. `columns`: the CSV header, or undefined for JSONL. Rows with a problem are left out. */
export function sampleColumns(
  rows: readonly SourceRow[],
  columns: readonly string[] | undefined,
): readonly SampledColumn[] {
  const found = new Map<
    string,
    { values: string[]; cells: string[]; whole: string[]; typed: boolean; padded: boolean }
  >()
  let row = 0
  const add = (name: string, value: Json | undefined) => {
    const column = found.get(name) ?? { values: [], cells: [], whole: [], typed: true, padded: false }
    found.set(name, column)
    if (value === undefined || value === null) return
    const cell = plainCell(value) ?? ''
    const text = typeof cell === 'string' ? trimBlank(cell) : JSON.stringify(cell)
    if (text === '') return
    column.values.push(text)
    column.whole.push(typeof cell === 'string' ? cell : text)
    while (column.cells.length < row) column.cells.push('')
    column.cells.push(text)
    if (typeof value === 'string') column.typed = false
    if (typeof cell === 'string' && cell !== text) column.padded = true
  }
  const names = (columns ?? []).map(plainName)
  for (const name of names) add(name, undefined)
  let read = 0
  for (const { input, problem } of rows) {
    if (problem !== undefined) continue
    row = read++
    if (input.kind === 'cells') for (const [index, name] of names.entries()) add(name, input.cells[index])
    else if (!Array.isArray(input.value)) addFields(input.value, '', add)
  }
  return Array.from(found, ([name, { values, cells, whole, typed, padded }]) => ({
    name,
    values,
    typed: typed && values.length > 0,
    ...(padded && { padded: whole }),
    ...(values.length > 0 && values.length < read && { cells }),
  }))
}

/** The fields of a record; those of an object in it, or in a list in it, by a path. */
function addFields(value: Json, path: string, add: (name: string, value: Json) => void): void {
  if (typeof value !== 'object' || value === null) return
  const fields = Object.entries(value as Readonly<Record<string, Json>>)
  // Solr and directories have all fields as lists, most of one value.
  const areLists = !Array.isArray(value) && fields.filter(([, field]) => isOfOne(field)).length * 2 > fields.length
  for (const [name, field] of fields) {
    const inner = path === '' ? name : `${path}.${name}`
    if (hasFields(field) || (areLists && isOfOne(field))) addFields(field, inner, add)
    else add(inner, field)
  }
}

/**
 * Objects, and lists of them; a list of plain values is a value, unless it may hold an address or a number (as Solr and
 * directories have all fields).
 */
function hasFields(field: Json): boolean {
  if (typeof field !== 'object' || field === null) return false
  return Array.isArray(field) ? field.length > 0 && (field.every(hasFields) || field.every(isReach)) : true
}

function isOfOne(field: Json): boolean {
  return Array.isArray(field) && field.length === 1
}

/** Whether a value may be an e-mail or a phone. */
export function isReach(value: Json): boolean {
  return typeof value === 'string' && /@|(?:\d[\s()-]*){7}/.test(value)
}
