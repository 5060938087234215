import { expressionsIn } from './template.ts'
import type { Template } from './template.ts'

/** `mobile, email and external_id are empty`, of the columns in a template (at a path); nothing where it names none. */
export function columnList(template: Template, path = /^/): string {
  const uses = expressionsIn(template).filter((expression) => path.test(expression.path) && expression.column !== '.')
  const columns = [...new Set(uses.map((expression) => expression.column))]
  if (columns.length === 0) return ''
  const last = columns.at(-1) ?? ''
  return columns.length === 1 ? `${last} is empty` : `${columns.slice(0, -1).join(', ')} and ${last} are empty`
}
