import type { Lane } from '../lanes/lane.ts'
import { laneNamed } from '../lanes/lanes.ts'
import type { Json, LaneName, LaneRequest, Outcome, ProgramOutcome } from '../model.ts'
import type { Rendered, Requests } from '../plan/compile-plan.ts'
import { doneEarlierOutcome, skippedOutcome } from './outcomes-without-request.ts'
import type { Earlier } from './run-row.ts'

export type RenderedRequests = Extract<Rendered, { kind: 'requests' }>

/** What of a row is to be sent, and what is done of it, or is not sent on purpose, before anything is. */
export function remainingRequests(
  row: number,
  { requests, skips }: RenderedRequests,
  asks: readonly LaneName[],
  earlier: Earlier | undefined,
): { readonly requests: Requests; readonly done: readonly Outcome[] } {
  if (skips === undefined && earlier === undefined) return { requests, done: [] }
  const done = asks.flatMap((lane) => {
    const why = skips?.[lane]
    return why === undefined ? [] : [skippedOutcome(row, lane, why)]
  })
  done.push(...(earlier?.done ?? []).filter(({ lane }) => asks.includes(lane)))
  const left: Record<LaneName, LaneRequest> = {}
  for (const lane of asks) {
    const request = requests[lane]
    const programsDone = earlier?.programsDone[lane] ?? []
    if (request === undefined) continue
    const rest = programsDone.length === 0 ? request : withoutPrograms(laneNamed(lane), request, programsDone)
    if (rest === undefined) done.push(doneEarlierOutcome(row, lane, programsDone))
    else left[lane] = rest
  }
  return { requests: left, done }
}

/** The programs that an earlier run did are not asked for again; undefined where none is left. */
function withoutPrograms(
  { programs }: Lane,
  request: LaneRequest,
  done: readonly ProgramOutcome[],
): LaneRequest | undefined {
  if (programs === undefined) return request
  const names = new Set<Json>(done.map(({ program }) => program))
  const left = programs
    .of(request)
    .filter((program) => !names.has((program as { readonly partnerProgramName?: Json }).partnerProgramName ?? ''))
  return left.length === 0 ? undefined : programs.only(request, left)
}
