import { UsageError } from '../model.ts'
import type { SimulatorLane } from './lanes.ts'

/**
 * The documented limits of a region, requests a minute (capillary-facts.md, section 4; capillary-facts-2.md, A1). Where
 * the documents name none for an endpoint: that of its nearest relative, and for V1's look-ups the lowest of all.
 * Throws a UsageError for a region that is none.
 */
export function regionLimits(region: string): Partial<Record<SimulatorLane, number>> {
  const limits = LIMITS[region]
  if (limits === undefined)
    throw new UsageError(`"${region}" is no region: use one of ${Object.keys(LIMITS).join(', ')}`)
  return { ...limits, 'look-up-v1': 100 }
}

const LIMITS: Readonly<Record<string, Partial<Record<SimulatorLane, number>>>> = {
  'asia-1': { register: 600, link: 1000, 'register-v1': 500, update: 600, tier: 1000, unlink: 1000 },
  'asia-2': { register: 100, link: 1000, 'register-v1': 700, update: 1000, tier: 1000, unlink: 1000 },
  emea: { register: 100, link: 1000, 'register-v1': 400, update: 50, tier: 1000, unlink: 1000 },
  us: { register: 100, link: 1000, 'register-v1': 100, update: 50, tier: 1000, unlink: 1000 },
  demo: { register: 100, link: 1000, 'register-v1': 100, update: 50, tier: 1000, unlink: 1000 },
}
