import type { SkipReason, Subject } from '../lanes/lane.ts'
import { lanes } from '../lanes/lanes.ts'
import type { LaneName, Outcome } from '../model.ts'
import { isDone } from './family-rows.ts'
import type { Flight, LaneOutcomes } from './flight.ts'

/** Where a row goes next. */
export interface NextLane {
  /** Undefined: it has been on all the lanes that it asks for. */
  readonly lane: LaneName | undefined
  /** Lanes on the way there that it is not sent to, after what the lanes before them came to. */
  readonly skipped: readonly { readonly lane: LaneName; readonly why: SkipReason }[]
}

/**
 * The first lane without an outcome, in the order of the list, that what came before does not keep the row from. It
 * depends on the outcomes alone, so that a run that goes on comes to the same. `taken`: lanes that an earlier row of the
 * member was sent to for this one, so that its member was there already when this row came.
 */
export function nextLane(asks: readonly LaneName[], outcomes: LaneOutcomes, taken: Flight['taken'] = {}): NextLane {
  const before: Record<Subject, Pick<Outcome, 'result' | 'status'>[]> = { record: [], links: [] }
  const skipped: { lane: LaneName; why: SkipReason }[] = []
  for (const lane of lanes) {
    if (!asks.includes(lane.name)) continue
    const outcome = outcomes[lane.name]
    if (outcome !== undefined) {
      // What was left out says nothing of the member.
      if (outcome.result !== 'skipped' && lane.subject !== undefined) {
        const wasThere = taken[lane.name] !== undefined && isDone(outcome)
        before[lane.subject].push(wasThere ? { ...outcome, result: 'exists' } : outcome)
      }
      continue
    }
    const why = lane.blockedBy?.(before)
    if (why === undefined) return { lane: lane.name, skipped }
    skipped.push({ lane: lane.name, why })
  }
  return { lane: undefined, skipped }
}
