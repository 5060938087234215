import type { Choices } from './choices.ts'
import type { MobileReading } from './mobile-lines.ts'
import { value } from './plan-lines.ts'
import type { Of, Role } from './roles.ts'
import type { SampledColumn } from './sample-columns.ts'
import { flowText, plainText } from './yaml-text.ts'

/** A file's columns, what they seem to be, and how its mobiles are read. */
export interface Columns {
  readonly all: readonly SampledColumn[]
  readonly roles: ReadonlyMap<SampledColumn, Role>
  readonly of: Of
  readonly phones: MobileReading | undefined
  readonly choices: Choices
}

/** A column that names members: the identifier by version 2's name, what gives its value between `{ }`, and a comment. */
export interface IdentifierColumn {
  readonly type: 'mobile' | 'email' | 'externalId'
  readonly text: string
  readonly comment?: string
}

export const NO_IDENTIFIER = '# No column looks like a mobile, an e-mail or an id. A member needs one of them:'

/** The identifiers among the columns. */
export function identifierColumns({ of, phones }: Pick<Columns, 'of' | 'phones'>): readonly IdentifierColumn[] {
  const [mobile, email, externalId] = [of('mobile'), of('email'), of('externalId')]
  return [
    ...(mobile === undefined || phones === undefined
      ? []
      : [{ type: 'mobile' as const, text: flowText(phones.text), comment: `# ${phones.comment}` }]),
    ...(email === undefined ? [] : [{ type: 'email' as const, text: flowText(value(email, 'lower')) }]),
    ...(externalId === undefined ? [] : [{ type: 'externalId' as const, text: flowText(value(externalId)) }]),
  ]
}

/** Names that are all written as `Rao, Asha`. */
export function isLastFirst({ values }: SampledColumn): boolean {
  return values.length > 0 && values.every((name) => /^[^,]+, ?[^,]+$/.test(name))
}

/** Fields of the organisation's own: each name once. */
export function extendedFields({ all, roles }: Pick<Columns, 'all' | 'roles'>): ReadonlyMap<string, SampledColumn> {
  const fields = new Map<string, SampledColumn>()
  for (const column of all) {
    const role = roles.get(column)
    const name = role === 'extended' ? fieldName(column.name) : role !== undefined && OWN.has(role) ? role : undefined
    if (name !== undefined && !fields.has(name)) fields.set(name, column)
  }
  return fields
}

const OWN: ReadonlySet<Role> = new Set<Role>(['city', 'gender', 'zip', 'country', 'state'])

/** A column's name in small letters, with `_` between words; of a path its last name. */
function fieldName(column: string): string {
  const last = /(?<=\.)[^.\d][^.]*$/.exec(column)?.[0] ?? column
  return plainText(
    last
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\d]+/gu, '_'),
  )
}
