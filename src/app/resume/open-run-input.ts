import { compilePlan } from '../../plan/compile-plan.ts'
import { loadPlan } from '../../plan/load-plan.ts'
import { readKeptPlan } from '../../run/kept-plan.ts'
import { type RunRecord } from '../../run/run-record.ts'
import type { OpenImport } from '../input/open-import.ts'
import { changing, openRows } from '../input/open-rows.ts'
import { openVerification } from '../verify/open-verification.ts'

/** What a run works through. */
export type RunInput = Pick<OpenImport, 'plan' | 'source' | 'compiled'> & AsyncDisposable

/** Opens what a resumed run works through: as it was when it began. */
export async function openRunInput(home: string, record: RunRecord): Promise<RunInput> {
  if (record.verifies !== undefined) return openVerification(home, record.verifies, record.sample)
  const plan = loadPlan(readKeptPlan(home, record.run), record.plan)
  const source = await openRows(home, record, plan, { hash: true })
  const compiled = await changing(source, () => compilePlan(plan, source.columns))
  return { plan, source, compiled, [Symbol.asyncDispose]: () => source.close() }
}
