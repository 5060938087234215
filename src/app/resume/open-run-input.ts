import { readFileSync } from 'node:fs'
import { compilePlan } from '../../plan/compile-plan.ts'
import { loadPlan } from '../../plan/load-plan.ts'
import { type RunRecord, runFolder } from '../../run/run-record.ts'
import type { OpenImport } from '../input/open-import.ts'
import { openRows } from '../input/open-rows.ts'
import { openVerification } from '../verify/open-verification.ts'

/** What a run that goes on works through: as it was when it began. */
export async function openWork(
  home: string,
  record: RunRecord,
): Promise<Pick<OpenImport, 'plan' | 'source' | 'compiled'>> {
  if (record.verifies !== undefined) return openVerification(home, record.verifies)
  const plan = loadPlan(readFileSync(runFolder(home, record.run).plan, 'utf8'), record.plan)
  const source = await openRows(home, record, plan)
  return { plan, source, compiled: compilePlan(plan, source.columns) }
}
