import { fieldOf, isList, textOf } from '../../capillary/coerce.ts'
import type { Balance, Json, Outcome } from '../../model.ts'
import { type FoundIdentifiers, findBodyIdentifiers } from '../../plan/identifiers.ts'
import type { Expected } from '../lane.ts'
import type { RegisterRequest } from './register-request.ts'

/** What a verification may expect of a member who was registered. */
export function expectRegistered({ body, query }: RegisterRequest, outcome: Outcome | undefined): Expected {
  const found: FoundIdentifiers = { list: [], count: 0 }
  findBodyIdentifiers(body, found)
  const [profile] = listIn(body, 'profiles')
  return {
    identifiers: found.list,
    source: textOf(fieldOf(profile, 'source')) ?? query?.source,
    accountId: textOf(fieldOf(profile, 'accountId')) ?? query?.accountId,
    balances: promised(body, outcome),
  }
}

/**
 * The points that registration promised: what the body asked for in each program, and what the reply's side effects
 * awarded, which include that. A member who was there already was promised nothing.
 */
function promised(body: Json, outcome: Outcome | undefined): readonly Balance[] {
  if (outcome === undefined || outcome.result === 'exists') return [NOTHING]
  const asked = new Map<string | undefined, number>()
  for (const enrolment of listIn(body, 'loyaltyProgramEnrollments')) {
    const points = Number(textOf(fieldOf(enrolment, 'loyaltyPoints')) ?? 0)
    const programId = textOf(fieldOf(enrolment, 'programId'))
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
  const list = fieldOf(value, name)
  return isList(list) ? list : []
}
