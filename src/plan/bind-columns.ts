import type { Json } from '../model.ts'
import type { Render } from './compile-template.ts'
import type { Plan } from './load-plan.ts'
import { didYouMean } from './nearest.ts'
import { planError } from './plan-problem.ts'
import type { Place, PlanProblem } from './plan-problem.ts'
import { placesOf } from './plain-name.ts'
import { isBranch, ownColumns, readReportRecord } from './report-record.ts'
import { expressionsIn } from './template.ts'
import type { Expression, Filter } from './template.ts'
import { isList, isObject } from './values.ts'

/** A column that a plan names, and where it does. */
export interface ColumnUse {
  readonly column: string
  readonly at: Place
  readonly path: string
  /** Absent for the column of `rows.key`. */
  readonly filters?: readonly Filter[]
}

/** Every use of a column in a plan, in the order in which they are written. */
export function columnUses(plan: Plan): readonly ColumnUse[] {
  const key = plan.rows.key
  const templates = Object.values(plan.lanes).flatMap((part) => part?.templates ?? [])
  const uses = templates.flatMap(expressionsIn).flatMap((expression) => [expression, ...besidesOf(expression)])
  return [...(key === undefined ? [] : [{ ...key, path: 'rows.key' }]), ...uses]
}

/** The columns that an expression's filters look into. */
function besidesOf({ filters, at, path }: Expression): readonly ColumnUse[] {
  return filters.flatMap((filter) => (filter.kind === 'beside' ? [{ column: filter.column, at, path }] : []))
}

/** Throws a UsageError where the plan names a column that the file's header lacks, or holds more than once. */
export function checkColumns(plan: Plan, columns: readonly string[]): void {
  const problems = columnUses(plan).flatMap((use) => columnProblem(use, columns))
  if (problems.length === 0) return
  throw planError(plan.fileName, problems, `The file's columns are: ${columns.join(', ')}`)
}

/**
 * Reaches a column of a CSV record by its place in the header; `.` gives the whole record by the columns' names. In a
 * report of ours, what was a list or an object of a JSON record is put together again (`readReportRecord`).
 */
export function readCell(columns: readonly string[]): (column: string) => Render {
  const own = ownColumns(columns)
  return (column) => {
    if (own !== undefined && (column === '.' || isBranch(column, own))) return readReportRecord(column, own)
    if (column === '.') {
      return (input) =>
        input.kind === 'cells'
          ? Object.fromEntries(columns.map((name, index) => [name, input.cells[index] ?? '']))
          : undefined
    }
    const index = placesOf(column, columns)[0] ?? -1
    return (input) => (input.kind === 'cells' ? input.cells[index] : undefined)
  }
}

/** Reaches into a JSONL record: a field of that very name, or else step by step along the dots; `.` gives it whole. */
export function readPath(column: string): Render {
  if (column === '.') return (input) => (input.kind === 'value' ? input.value : undefined)
  const steps = column.split('.')
  // What may still be one name with dots in it, from each step on.
  const rests = steps.map((_, index) => steps.slice(index).join('.'))
  // Most columns are fields of the record's own, whose names are none that every object has.
  const isField = steps.length === 1 && !(column in Object.prototype)
  return (input) => {
    if (input.kind !== 'value') return undefined
    return isField && isObject(input.value) ? input.value[column] : reach(input.value, steps, rests)
  }
}

function columnProblem(use: ColumnUse, columns: readonly string[]): PlanProblem[] {
  if (use.column === '.') {
    const twice = columns.find((name, index) => columns.indexOf(name) !== index)
    if (twice === undefined) return []
    const message = `The header holds \`${twice}\` more than once, so a record cannot be sent whole. Rename one of them.`
    return [{ at: use.at, path: use.path, message }]
  }
  const [index, another] = placesOf(use.column, columns)
  if (index === undefined && isBranch(use.column, ownColumns(columns) ?? [])) return []
  if (index === undefined) {
    const message = `The file has no column \`${use.column}\`.${didYouMean(use.column, columns)}`
    return [{ at: use.at, path: use.path, message }]
  }
  if (another !== undefined) {
    const message = `The header holds \`${use.column}\` more than once, so it is not known which is meant. Rename one of them.`
    return [{ at: use.at, path: use.path, message }]
  }
  return []
}

function reach(record: Json, steps: readonly string[], rests: readonly string[]): Json | undefined {
  let value: Json | undefined = record
  for (const [index, step] of steps.entries()) {
    const rest = rests[index] ?? step
    if (isObject(value)) {
      if (Object.hasOwn(value, rest)) return value[rest]
      value = Object.hasOwn(value, step) ? value[step] : undefined
    } else if (isList(value)) {
      value = /^\d+$/.test(step) ? value[Number(step)] : undefined
    } else return undefined
  }
  return value
}
