import { join } from 'node:path'
import type { LaneName } from '../../src/model.ts'

const root = join(import.meta.dirname, '../..')

/** A lane that an import goes through. */
export type ImportLane = Exclude<LaneName, 'balance'>

/** A plan that asks for one lane, without a limit. */
export function unlimitedPlan(lane: LaneName): string {
  return join(root, `bench/plans/${lane}.plan.yaml`)
}

/** The plan of the samples: both lanes, every kind of filter that is dear. */
export const samplePlan = join(root, 'samples/members.plan.yaml')
