import { lanes } from '../lanes/lanes.ts'
import type { ResultRow } from '../ledger/ledger.ts'
import type { LaneName, LaneRequest, Outcome } from '../model.ts'
import type { Rendered } from '../plan/compile-plan.ts'
import { isDone } from './family-rows.ts'

/** The look-up of a member, and the lane that makes it. */
export interface MemberCheck {
  readonly lane: LaneName
  readonly request: LaneRequest
}

/**
 * What a verification asks about a row of a run, and expects: undefined where the row imported no member and cannot
 * have, or names none that can be looked up. `rendered`: the row's requests, as the run's plan makes them.
 */
export function expectMember({ outcomes }: Pick<ResultRow, 'outcomes'>, rendered: Rendered): MemberCheck | undefined {
  if (rendered.kind !== 'requests') return undefined
  const record = outcomesAbout('record', outcomes)
  const links = outcomesAbout('links', outcomes)
  const decisive = record.length > 0 ? record : links
  const isImported = decisive.some(isDone)
  const uncertain = !isImported && decisive.some(({ status }) => status === 'failed')
  if (!isImported && !uncertain) return undefined
  const customerId = isImported
    ? [...record, ...links].find((outcome) => outcome.customerId !== undefined)?.customerId
    : undefined
  for (const { name, verified } of lanes) {
    const asked = rendered.requests[name]
    if (verified === undefined || asked === undefined) continue
    const expected = verified.expect(asked, outcomes[name])
    const verifier = lanes.find(({ verifies }) => verifies?.by === verified.by)
    const request = verifier?.verifies?.lookFor({ ...expected, customerId, uncertain })
    return verifier === undefined || request === undefined ? undefined : { lane: verifier.name, request }
  }
  return undefined
}

function outcomesAbout(about: 'record' | 'links', outcomes: ResultRow['outcomes']): readonly Outcome[] {
  return lanes.flatMap(({ name, subject }) => (subject === about ? (outcomes[name] ?? []) : []))
}
