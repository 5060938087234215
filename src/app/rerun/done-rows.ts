import { existsSync } from 'node:fs'
import type { DoneRow } from '../../check/apply-duplicates.ts'
import { openLedger } from '../../ledger/open-ledger.ts'
import { UsageError } from '../../model.ts'
import { type CompiledPlan, compilePlan } from '../../plan/compile-plan.ts'
import type { Plan } from '../../plan/load-plan.ts'
import { familyOf } from '../../run/family.ts'
import { listRuns } from '../../run/list-runs.ts'
import { type RunRecord, runFolder } from '../../run/run-record.ts'

/** The rows that the runs before this one have done, by their ledgers, as the plan reads them now. */
export function* doneRows(home: string, record: RunRecord, plan: Plan): Generator<DoneRow> {
  for (const { run, verifies, startedAt } of familyOf(listRuns(home), record.run)) {
    const { ledger: path } = runFolder(home, run)
    if (run === record.run || verifies !== undefined || startedAt > record.startedAt || !existsSync(path)) continue
    using open = new DisposableStack()
    const ledger = open.adopt(openLedger(path, { readOnly: true }), (opened) => opened.close())
    const compiled = compiledFor(plan, ledger.meta.get('columns'))
    if (compiled === undefined) continue
    for (const found of ledger.results()) {
      if (found.status !== 'ok' && found.status !== 'warned') continue
      const { row, line, input } = found
      yield { row, rendered: compiled.render({ row, line, input }) }
    }
  }
}

/** Undefined where a mended plan names columns that the earlier run's file had not: of its rows nothing can be said then. */
function compiledFor(plan: Plan, columns: unknown): CompiledPlan | undefined {
  try {
    return compilePlan(plan, Array.isArray(columns) ? columns.map(String) : undefined)
  } catch (error) {
    if (error instanceof UsageError) return undefined
    throw error
  }
}
