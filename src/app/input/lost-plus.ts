import type { Json } from '../../model.ts'
import type { Plan } from '../../plan/load-plan.ts'
import { type Expression, expressionsIn } from '../../plan/template.ts'

/**
 * Whether a spreadsheet took the + of a phone for the sign of a number, and the plan reads another phone without it: of
 * `+65 6123 4567`, India's rules make an Indian mobile.
 */
export type LostPlus = (column: string, before: string, after: string) => boolean

export function makeLostPlus(plan: Plan): LostPlus {
  const expressions = Object.values(plan.lanes).flatMap(({ templates }) => templates.flatMap(expressionsIn))
  return (column, before, after) => {
    if (!before.startsWith('+') || after.startsWith('+')) return false
    const [digits] = after.split(/[.,]0+$/)
    if (before.replaceAll(/\D/g, '') !== digits) return false
    return expressions.some((expression) => expression.column === column && readsOther(expression, before, after))
  }
}

/** Whether both can be read, and as different values. */
function readsOther({ filters }: Expression, before: string, after: string): boolean {
  const [was, is] = [readBy(filters, before), readBy(filters, after)]
  return was !== undefined && is !== undefined && was !== is
}

function readBy(filters: Expression['filters'], cell: string): Json | undefined {
  let value: Json | undefined = cell
  for (const filter of filters) {
    // What another column says of the row is not known here.
    if (filter.kind === 'beside') return undefined
    // What watches a column is to see its cells alone.
    if (value === undefined || filter.kind !== 'read' || filter.watches !== undefined) continue
    value = filter.read(value, () => undefined, noDoubt)
  }
  return value
}

function noDoubt(): void {}
