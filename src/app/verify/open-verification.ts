import { type LaneCost, laneCost } from '../../check/estimate.ts'
import { defaultLimit } from '../../lanes/default-limit.ts'
import type { Region } from '../../lanes/regions.ts'
import { laneNamed } from '../../lanes/lanes.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import { openLedger } from '../../ledger/open-ledger.ts'
import type { LaneName } from '../../model.ts'
import { type CompiledPlan, compilePlan } from '../../plan/compile-plan.ts'
import { type Plan, loadPlan } from '../../plan/load-plan.ts'
import { findRun } from '../../run/list-runs.ts'
import { readKeptPlan } from '../../run/kept-plan.ts'
import { type RunRecord, runFolder } from '../../run/run-record.ts'
import type { Sample } from '../../run/sample.ts'
import { surveyMembers, verificationPlan, verificationRows, verifiersOf } from '../../run/verification.ts'
import { runLimits } from '../import/run-limits.ts'
import type { OpenImport } from '../input/open-import.ts'

/**
 * Opens the members that a run imported, or perhaps did, as a run's rows: read from its ledger and its copy of the plan,
 * so the file may be gone. With a sample: the members in it.
 */
export function openVerification(home: string, run: string, sample?: Sample): OpenImport {
  using opening = new DisposableStack()
  const { target, planText, plan, ledger, imported } = openImported(home, run, opening)
  const unseen = imported.lanes.filter((lane) => laneNamed(lane).subject === 'links')
  const source = verificationRows(ledger, imported, sample)
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
    about: { verifies: run, sample, ...(unseen.length > 0 && { unseen }), sha256: target.sha256 },
    [Symbol.asyncDispose]: () => source.close(),
  }
}

/** What looking up all members of a run would take. */
export interface VerificationCost {
  readonly members: number
  /** By lane. */
  readonly lanes: Readonly<Record<LaneName, LaneCost>>
}

/** Counts the members of a run that can be looked up, and the requests that they take at least, at the limits. */
export function costVerification(home: string, run: string, region: Region | undefined): VerificationCost {
  using opening = new DisposableStack()
  const { plan, ledger, imported } = openImported(home, run, opening)
  const { members, lanes } = surveyMembers(ledger, imported)
  const limits = runLimits(Object.keys(lanes), plan, (lane) => defaultLimit(lane, region))
  const costs = Object.entries(lanes).map(([lane, { rows, requests }]): [LaneName, LaneCost] => [
    lane,
    laneCost({ rows, requests }, limits[lane]),
  ])
  return { members, lanes: Object.fromEntries(costs) }
}

interface Imported {
  readonly target: RunRecord
  readonly planText: string
  readonly plan: Plan
  readonly ledger: Ledger
  /** The run's plan, bound to its file's columns. */
  readonly imported: CompiledPlan
}

/** A run's plan and ledger as they are kept. `opening` closes the ledger. */
function openImported(home: string, run: string, opening: DisposableStack): Imported {
  const target: RunRecord = findRun(home, run)
  const folder = runFolder(home, run)
  const planText = readKeptPlan(home, run)
  const plan = loadPlan(planText, target.plan)
  const ledger = opening.adopt(openLedger(folder.ledger, { readOnly: true }), (opened) => opened.close())
  const columns = ledger.meta.get('columns')
  const imported = compilePlan(plan, Array.isArray(columns) ? (columns as readonly string[]) : undefined)
  return { target, planText, plan, ledger, imported }
}

/** What a plan says of requests holds for look-ups too; what it says of rows does not. */
function asVerification(plan: Plan): Plan {
  return { ...plan, duplicates: 'all', stopWhen: { rejected: 1, after: Number.POSITIVE_INFINITY } }
}
