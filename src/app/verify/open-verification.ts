import { readFileSync } from 'node:fs'
import { openLedger } from '../../ledger/open-ledger.ts'
import { compilePlan } from '../../plan/compile-plan.ts'
import { type Plan, loadPlan } from '../../plan/load-plan.ts'
import { findRun } from '../../run/list-runs.ts'
import { type RunRecord, runFolder } from '../../run/run-record.ts'
import { verificationPlan, verificationRows, verifiersOf } from '../../run/verification.ts'
import type { OpenImport } from '../input/open-import.ts'

/**
 * Opens the members that a run imported, or perhaps did, as a run's rows: read from its ledger and its copy of the plan,
 * so the file may be gone.
 */
export function openVerification(home: string, run: string): OpenImport {
  const target: RunRecord = findRun(home, run)
  const folder = runFolder(home, run)
  const planText = readFileSync(folder.plan, 'utf8')
  const plan = loadPlan(planText, target.plan)
  using opening = new DisposableStack()
  const ledger = opening.adopt(openLedger(folder.ledger, { readOnly: true }), (opened) => opened.close())
  const columns = ledger.meta.get('columns')
  const imported = compilePlan(plan, Array.isArray(columns) ? (columns as readonly string[]) : undefined)
  const source = verificationRows(ledger, imported)
  // The source closes the ledger from now on.
  opening.move()
  return {
    given: target.source,
    file: target.file,
    isCopy: false,
    planName: target.plan,
    planText,
    plan: asVerification(plan),
    source,
    compiled: verificationPlan(verifiersOf(imported.lanes)),
    about: { verifies: run, sha256: target.sha256 },
    [Symbol.asyncDispose]: () => source.close(),
  }
}

/** What a plan says of requests holds for look-ups too; what it says of rows does not. */
function asVerification(plan: Plan): Plan {
  return { ...plan, duplicates: 'all', stopWhen: { rejected: 1, after: Number.POSITIVE_INFINITY } }
}
