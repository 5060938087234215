import type { LaneName } from '../model.ts'
import { laneNamed } from './lanes.ts'
import type { Region } from './regions.ts'

/** Requests a minute on a lane where the plan sets no limit. `region`: undefined where it is not said. */
export function defaultLimit(lane: LaneName, region: Region | undefined): number {
  const { others, ...named } = laneNamed(lane).defaultLimit
  return (region === undefined ? undefined : named[region]) ?? others
}
