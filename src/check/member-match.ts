import type { LaneName } from '../model.ts'
import type { Identifier } from '../plan/identifiers.ts'

/** What a row is to the rows before it. */
export type MemberMatch = Met | Contradicts | Shared

/** A row that may be sent. */
export type Met =
  /** Nobody before it has one of its identifiers. */
  { readonly kind: 'new' } | Same | Other

/**
 * It asks for the same as these: the first such rows of its members. `by`: a kind of identifier that both have;
 * `otherName`: it has another name for the member than the first of them.
 */
export interface Same {
  readonly kind: 'same'
  readonly rows: readonly [number, ...number[]]
  /** The first row of its member. */
  readonly member: number
  /** Absent where that row is known to be of the member by rows between alone. */
  readonly by?: string
  readonly otherName?: boolean
  readonly taken?: Taken
}

/** It is of a member who was there, in that row first, and asks for something else. */
export interface Other {
  readonly kind: 'other'
  readonly row: number
  readonly by: string
  readonly otherName?: boolean
  readonly taken?: Taken
}

/** Lanes of which an earlier row of the member asked the same, and the first row that did. */
export interface Taken {
  readonly lanes: readonly LaneName[]
  readonly row: number
}

/** It shares identifiers of these kinds with the member of that row, and has others of those. */
export interface Contradicts {
  readonly kind: 'contradicts'
  readonly row: number
  readonly by: readonly string[]
  readonly but: readonly string[]
}

/** Of these identifiers it is known that several members have them, and nothing else says which of them the row is of. */
export interface Shared {
  readonly kind: 'shared'
  readonly row: number
  readonly identifiers: readonly Identifier[]
}
