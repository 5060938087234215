import type { SourceRow } from '../model.ts'
import type { CompiledPlan, Rendered } from '../plan/compile-plan.ts'
import type { Placeholders } from '../plan/sieve.ts'
import type { LeftOut } from '../plan/sieve.ts'
import type { Requests } from './hash-member.ts'
import type { MemberMemory } from './member-memory.ts'
import type { Met, Shared } from './member-match.ts'
import { SHARED_HINT, contradiction } from './match-messages.ts'

/** What becomes of a row that may be sent, by what it is to those before. */
export type Decide = (rendered: Requests, met: Met, row: SourceRow) => Rendered

export interface Judging {
  readonly memory: Pick<MemberMemory, 'meet'>
  /** What becomes of an identifier that several members share. */
  readonly placeholders: Placeholders
  readonly decide: Decide
}

/**
 * Renders rows by what they are to those before: a row that contradicts a member is invalid, and what several members
 * share is dealt with as placeholders are. To be given every row once and in order.
 */
export function judgeRows(plan: CompiledPlan, { memory, placeholders, decide }: Judging): CompiledPlan['render'] {
  return (row, leave = NONE) => {
    let without = leave
    let rendered = plan.render(row, without)
    for (;;) {
      if (rendered.kind !== 'requests') return rendered
      const match = memory.meet(row.row, rendered)
      if (match.kind === 'contradicts') return invalidRow(rendered.key, contradiction(match), SHARED_HINT)
      if (match.kind !== 'shared') return decide(rendered, match, row)
      if (placeholders === 'invalid') return invalidRow(rendered.key, sharedMessage(match), SHARED_HINT)
      without = [...without, ...leftOut(match)]
      if (placeholders === 'drop') rendered = plan.render(row, without)
      if (rendered.kind === 'requests') rendered = joinedWithout(rendered, without)
    }
  }
}

const NONE: readonly LeftOut[] = []

export function invalidRow(key: string, message: string, hint: string): Rendered {
  return { kind: 'invalid', key, message, hint, faults: [{ message, hint, kind: message }] }
}

function leftOut({ row, identifiers }: Shared): LeftOut[] {
  return identifiers.map((identifier) => ({ ...identifier, why: `is on row ${row} and others, of other members` }))
}

function sharedMessage(shared: Shared): string {
  const [first] = shared.identifiers
  return `The row has the same ${first?.type ?? 'identifier'} as row ${shared.row} and others, of other members.`
}

function joinedWithout(rendered: Requests, without: readonly LeftOut[]): Requests {
  const joins = (rendered.joins ?? rendered.members).filter(
    ({ type, value }) => !without.some((one) => one.type === type && one.value === value),
  )
  return { ...rendered, joins }
}
