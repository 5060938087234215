import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LaneName } from '../../src/model.ts'
import type { Workplace } from './workplace.ts'

const root = join(import.meta.dirname, '../..')

/** A lane that an import goes through. */
export type ImportLane = 'register' | 'link'

/** The lanes whose pace is measured. */
export const PACED_LANES = ['register', 'register-v1', 'link', 'balance'] as const
export type PacedLane = (typeof PACED_LANES)[number]

/** A plan that asks for one lane, without a limit. */
export function unlimitedPlan(lane: LaneName): string {
  return join(root, `bench/plans/${lane}.plan.yaml`)
}

/** The same plan with a limit, in requests a minute. For look-ups it is that of an import without one. */
export function limitedPlan(place: Workplace, lane: LaneName, limit: number): string {
  const path = join(place.folder, `${lane}-${limit}.plan.yaml`)
  const [imports, limits] =
    lane === 'balance'
      ? (['register', `register: none, balance: ${limit}`] as const)
      : ([lane, `${lane}: ${limit}`] as const)
  writeFileSync(path, readFileSync(unlimitedPlan(imports), 'utf8').replace(`${imports}: none`, limits))
  return path
}

/** The plan of `writeIdentifiers`. */
export const identifiersPlan = join(root, 'bench/plans/identifiers.plan.yaml')

/** The plan of the samples: both lanes, every kind of filter that is dear. */
export const samplePlan = join(root, 'samples/members.plan.yaml')
