import type { ResultRow } from '../ledger/ledger.ts'
import type { Balance, BalanceRequest, Identifier, Json, Outcome, RegisterRequest } from '../model.ts'
import type { Rendered } from '../plan/compile-plan.ts'
import { type FoundIdentifiers, findBodyIdentifiers, findCustomerIdentifiers } from '../plan/identifiers.ts'
import { isDone } from './family-rows.ts'

/**
 * What a verification asks about a row of a run, and expects: undefined where the row imported no member and cannot
 * have, or names none that can be looked up. `rendered`: the row's requests, as the run's plan makes them.
 */
export function expectMember(
  { outcomes }: Pick<ResultRow, 'outcomes'>,
  rendered: Rendered,
): BalanceRequest | undefined {
  if (rendered.kind !== 'requests') return undefined
  const { register, link } = outcomes
  const isImported = isDone(register) || (register === undefined && isDone(link))
  const uncertain = !isImported && (register ?? link)?.status === 'failed'
  if (!isImported && !uncertain) return undefined
  const found: FoundIdentifiers = { list: [], count: 0 }
  if (rendered.register === undefined) findCustomerIdentifiers(rendered.link?.customer, found)
  else findBodyIdentifiers(rendered.register.body, found)
  const lookUps = lookUpsBy(found.list)
  if (lookUps.length === 0) return undefined
  return {
    ...sourceOf(rendered.register),
    lookUps,
    balances: promised(rendered.register, register),
    customerId: isImported ? (register?.customerId ?? link?.customerId) : undefined,
    uncertain,
  }
}

/** By the first identifier; where it finds nobody by all of them together, and then by each of the others. */
function lookUpsBy(identifiers: readonly Identifier[]): BalanceRequest['lookUps'] {
  // The id of the API's own is no identifier that this look-up takes.
  const known = identifiers.filter(({ type }) => type !== 'id')
  const [first, ...others] = known
  if (first === undefined) return []
  // Commas stand between identifiers.
  const together = known.filter(({ value }) => !value.includes(','))
  return [[first], ...(together.length > 1 ? [together] : []), ...others.map((identifier) => [identifier])]
}

/** A link names no source: then it is looked for in all of them. */
function sourceOf(register: RegisterRequest | undefined): Pick<BalanceRequest, 'source' | 'accountId'> {
  const [profile] = listIn(register?.body, 'profiles')
  const source = textIn(profile, 'source') ?? register?.query?.['source'] ?? 'ALL'
  const accountId = textIn(profile, 'accountId') ?? register?.query?.['accountId']
  return accountId === undefined ? { source } : { source, accountId }
}

/**
 * The points that registration promised: what the body asked for in each program, and what the reply's side effects
 * awarded, which include that. A member who was there already was promised nothing.
 */
function promised(request: RegisterRequest | undefined, outcome: Outcome | undefined): readonly Balance[] {
  if (request === undefined || outcome === undefined || outcome.result === 'exists') return [NOTHING]
  const asked = new Map<string | undefined, number>()
  for (const enrolment of listIn(request.body, 'loyaltyProgramEnrollments')) {
    const points = Number(textIn(enrolment, 'loyaltyPoints') ?? 0)
    const programId = textIn(enrolment, 'programId')
    if (points > 0) asked.set(programId, (asked.get(programId) ?? 0) + points)
  }
  const awarded = outcome.sideEffects.reduce(
    (sum, effect) => (effect.kind === 'points' ? sum + effect.awarded : sum),
    0,
  )
  const balances = [...asked].map(([programId, expected]) => ({ programId, expected }))
  const sum = balances.reduce((total, { expected }) => total + expected, 0)
  if (awarded > sum) return [...balances.filter(({ programId }) => programId !== undefined), { expected: awarded }]
  return balances.length === 0 ? [NOTHING] : balances
}

const NOTHING: Balance = { expected: 0 }

function listIn(value: Json | undefined, name: string): readonly Json[] {
  const list = fieldIn(value, name)
  return Array.isArray(list) ? (list as readonly Json[]) : []
}

function textIn(value: Json | undefined, name: string): string | undefined {
  const field = fieldIn(value, name)
  return typeof field === 'number' || (typeof field === 'string' && field !== '') ? String(field) : undefined
}

function fieldIn(value: Json | undefined, name: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return (value as { readonly [name: string]: Json })[name]
}
