import type { LanePart } from '../lanes/lane-plan.ts'
import { laneNamed } from '../lanes/lanes.ts'
import type { LaneName } from '../model.ts'
import type { Checked } from './check-rows.ts'

/** What an import costs on a lane. */
export interface LaneCost {
  readonly rows: number
  /** Without retries, and look-ups that lost replies need. */
  readonly requests: number
  /** Requests a minute; null: no limit. */
  readonly limit_rpm: number | null
  /** At the limit; null where there is none. */
  readonly minutes: number | null
}

/**
 * What an import of the checked rows costs at the limits: a request for each full batch of a lane, look-ups that come
 * before included. Rows whose headers or
 * query differ share no request, so there may be more.
 */
export function estimateCost(
  { lanes, lookUps = {} }: Pick<Checked, 'lanes'> & Partial<Pick<Checked, 'lookUps'>>,
  limits: Readonly<Record<LaneName, number>>,
  parts: Readonly<Record<LaneName, Pick<LanePart, 'batch'>>>,
): Record<LaneName, LaneCost> {
  const costs: Record<LaneName, LaneCost> = {}
  for (const lane of Object.keys(lanes)) {
    const rows = lanes[lane] ?? 0
    const requests = Math.ceil(rows / (parts[lane]?.batch ?? 1))
    costs[lane] = laneCost({ rows, requests }, limits[lane])
  }
  for (const [lane, rows] of Object.entries(lookUps)) {
    if (rows === 0) continue
    const requests = Math.ceil(rows / laneNamed(lane).rowsPerRequest)
    costs[lane] = laneCost({ rows, requests }, limits[lane])
  }
  return costs
}

/** So many requests at a limit; undefined: there is none. */
export function laneCost({ rows, requests }: Pick<LaneCost, 'rows' | 'requests'>, limit: number | undefined): LaneCost {
  const minutes = limit === undefined ? null : Math.round((requests / limit) * 100) / 100
  return { rows, requests, limit_rpm: limit ?? null, minutes }
}

/** How long it takes in all, in milliseconds: the lanes go side by side, so the longest counts. Undefined without limits. */
export function estimateDuration(costs: Readonly<Record<LaneName, LaneCost>>): number | undefined {
  const minutes = Object.values(costs).flatMap((cost) => cost.minutes ?? [])
  return minutes.length === 0 ? undefined : Math.max(...minutes) * 60_000
}
