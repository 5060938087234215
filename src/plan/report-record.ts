import type { Json } from '../model.ts'
import type { Render } from './compile-template.ts'
import { isEmpty } from './values.ts'

/** Of the header of a report of ours, the file's own columns, which stand before ours; undefined for any other header. */
export function ownColumns(columns: readonly string[]): readonly string[] | undefined {
  const at = columns.lastIndexOf('_row')
  return at >= 0 && columns[at + 1] === '_line' && columns[at + 2] === '_status' ? columns.slice(0, at) : undefined
}

/** Whether a path is no column itself and stands above some, as `phones` does above `phones.0`. */
export function isBranch(path: string, own: readonly string[]): boolean {
  return !own.includes(path) && own.some((column) => column.startsWith(`${path}.`))
}

/**
 * The list or object at a path of a report's record, or the whole record for `.`, put together from the columns with
 * dots that the reports flatten JSON into. Steps that are all numbers make a list. Empty cells are left out. Every value is
 * text: the report does not tell `1` from `"1"`.
 */
export function readReportRecord(path: string, own: readonly string[]): Render {
  const prefix = path === '.' ? '' : `${path}.`
  const leaves = own.flatMap((column, index) =>
    column.startsWith(prefix) ? [{ index, steps: column.slice(prefix.length).split('.') }] : [],
  )
  return (input) => {
    if (input.kind !== 'cells') return undefined
    const root: Branch = new Map()
    for (const { index, steps } of leaves) {
      const cell = input.cells[index]
      if (!isEmpty(cell)) put(root, steps, cell)
    }
    return root.size === 0 ? undefined : toJson(root)
  }
}

type Branch = Map<string, Branch | string>

function put(root: Branch, steps: readonly string[], cell: string): void {
  let branch = root
  for (const step of steps.slice(0, -1)) {
    const next = branch.get(step)
    if (typeof next === 'object') branch = next
    else {
      const made: Branch = new Map()
      branch.set(step, made)
      branch = made
    }
  }
  const last = steps.at(-1) ?? ''
  if (typeof branch.get(last) !== 'object') branch.set(last, cell)
}

function toJson(branch: Branch | string): Json {
  if (typeof branch === 'string') return branch
  const entries = [...branch].map(([name, value]) => [name, toJson(value)] as const)
  if (!entries.every(([name]) => /^\d+$/.test(name))) return Object.fromEntries(entries)
  return entries.toSorted(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value)
}
