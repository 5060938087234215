import type { LaneName } from '../model.ts'
import { balanceLane } from './balance/balance-lane.ts'
import type { Lane } from './lane.ts'
import { linkLane } from './link/link-lane.ts'
import { lookUpV1Lane } from './look-up-v1/look-up-v1-lane.ts'
import { registerLane } from './register/register-lane.ts'
import { registerV1Lane } from './register-v1/register-v1-lane.ts'
import { tierLane } from './tier/tier-lane.ts'
import { unlinkLane } from './unlink/unlink-lane.ts'
import { updateLane } from './update/update-lane.ts'

/** The lanes, in the order in which a row goes through them. */
export const lanes: readonly Lane[] = [
  registerLane,
  registerV1Lane,
  updateLane,
  linkLane,
  tierLane,
  unlinkLane,
  balanceLane,
  lookUpV1Lane,
]

export const laneNames: readonly LaneName[] = lanes.map(({ name }) => name)

/** Throws where there is no such lane: then it comes from a newer rollcall. */
export function laneNamed(name: LaneName): Lane {
  return byName.get(name) ?? unknown(name)
}

const byName: ReadonlyMap<LaneName, Lane> = new Map(lanes.map((lane) => [lane.name, lane]))

/** What belongs to a lane, where each has something. Throws as `laneNamed` does. */
export function ofLane<T>(all: Readonly<Record<LaneName, T>>, name: LaneName): T {
  return all[name] ?? unknown(name)
}

/** Something for each lane. */
export function byLane<T>(make: (lane: LaneName) => T): Readonly<Record<LaneName, T>> {
  return Object.fromEntries(laneNames.map((lane) => [lane, make(lane)]))
}

function unknown(name: LaneName): never {
  throw new Error(`this rollcall has no lane ${name}: a newer one may`)
}
