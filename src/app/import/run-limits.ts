import { laneNamed } from '../../lanes/lanes.ts'
import type { LaneName } from '../../model.ts'
import type { Plan } from '../../plan/load-plan.ts'
import type { RunRecord } from '../../run/run-record.ts'

/** The limits that a run goes by: the plan's, else the region's. A limit of `none` is no limit. */
export function runLimits(
  lanes: readonly LaneName[],
  plan: Pick<Plan, 'limits'>,
  defaultLimit: (lane: LaneName) => number,
): RunRecord['limits'] {
  const limits: Record<LaneName, number> = {}
  // Some send on the limits of others as well.
  for (const lane of new Set([...lanes, ...lanes.flatMap((name) => laneNamed(name).paces ?? [])])) {
    const rpm = plan.limits[lane] ?? defaultLimit(lane)
    if (Number.isFinite(rpm)) limits[lane] = rpm
  }
  return limits
}
