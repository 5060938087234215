import type { Meaning } from './header-words.ts'
import { meaningOf } from './recognise-header.ts'
import { type SampledColumn, isReach } from './sample-columns.ts'

/**
 * Why no plan can map a table whose rows are no members, and what to do: its fields stand one below the other, each member
 * in a column, or each row is one field of one member. Undefined of all others.
 */
export function tellTurned(columns: readonly SampledColumn[]): string | undefined {
  const known = new Set(columns.map(({ name }) => meaningOf(name)))
  const naming = columns.find((column) => namesFields(column, known))
  const others = columns.filter((column) => column !== naming)
  // A column of ways to reach a member (`email`, `mobile`) names fields too; their values do not stand beside it.
  if (naming === undefined || !others.some(({ values }) => values.some(isReach))) return undefined
  const fields = [...new Set(naming.values)]
  const shown = `${fields.slice(0, SHOWN).join(', ')}${fields.length > SHOWN ? ' …' : ''}`
  const name = JSON.stringify(naming.name)
  if (fields.length < naming.values.length) {
    const [member, value] = others
    // Each member has one row: it may be that the way to reach them differs.
    if (member === undefined || new Set(member.values).size === member.values.length) return undefined
    const pivot = `df.pivot(index='${member.name}', columns='${naming.name}', values='${value?.name ?? 'value'}')`
    return (
      `Each row is one field of a member: ${name} says which (${shown}). A member's fields must stand in one row, ` +
      `in a column each: pivot the table, as pandas does with ${pivot}.`
    )
  }
  if (naming !== columns[0]) return undefined
  return (
    `The fields stand one below the other: ${name} names them (${shown}), and each other column is a member. ` +
    'A member must be a row: turn the table, as spreadsheets do by "Paste special", "Transpose".'
  )
}

/** Whether a column's values are names of fields that no column of the header is for, two of them at least. */
function namesFields({ values }: SampledColumn, known: ReadonlySet<Meaning | undefined>): boolean {
  if (values.length < 2) return false
  const meanings = values.map((value) => (isReach(value) ? undefined : meaningOf(value)))
  const found = new Set(meanings.filter((meaning) => meaning !== undefined))
  const told = meanings.filter((meaning) => meaning !== undefined).length
  const isNew = REACH.some((meaning) => found.has(meaning) && !known.has(meaning))
  return isNew && found.size > 1 && told * 2 >= values.length && !REACH.some((meaning) => known.has(meaning))
}

const REACH: readonly Meaning[] = ['email', 'mobile', 'phone']
/** So many fields are named. */
const SHOWN = 3
