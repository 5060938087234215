import { RowCheck } from '../../check/check-rows.ts'
import type { Checked } from '../../check/check-rows.ts'
import { applyDuplicates, markRepeats } from '../../check/apply-duplicates.ts'
import { type LaneCost, estimateCost, estimateDuration } from '../../check/estimate.ts'
import { defaultLimit } from '../../lanes/default-limit.ts'
import { lanes } from '../../lanes/lanes.ts'
import type { LaneName, PassedOver } from '../../model.ts'
import type { Plan } from '../../plan/load-plan.ts'
import type { Sync } from '../../sync/load-sync.ts'
import type { Context } from '../context.ts'
import { type ImportFiles, type OpenFile, openImport } from '../input/open-import.ts'
import { readRows, takeRows } from '../input/read-rows.ts'
import { unreadRemarks } from '../input/unread-remarks.ts'
import { runLimits } from '../import/run-limits.ts'
import {
  PARALLEL,
  type ParallelOptions,
  type FoundInRows,
  checkInParallel,
  handOver,
} from './parallel/check-in-parallel.ts'
import { type Compared, compareWithSync } from './compare-with-sync.ts'
import { Stopped } from '../stopped.ts'

/** What a check found, as `--json` prints it. */
export interface CheckReport {
  readonly file: string
  readonly plan: string
  /** Where `file` is a database: the path of what it was asked. */
  readonly query?: string
  readonly rows: number
  readonly ready: number
  readonly invalid: number
  readonly skipped: number
  /** What stood among the rows and is none. */
  readonly passed_over: readonly PassedOver[]
  readonly lanes: Readonly<Record<LaneName, LaneCost>>
  /** Rows that ask for a change of a member who is there, by the lane that makes it. */
  readonly changes: Readonly<Record<LaneName, number>>
  /** Where a sync was named: what it would make of the file. */
  readonly compared?: Compared
  /** How long the import takes at the limits; null where there are none. */
  readonly seconds: number | null
  readonly problems: Checked['problems']
  readonly skips: Checked['skips']
  readonly repeats: Checked['repeats']
  readonly losses: Checked['losses']
  readonly left_out: Checked['left_out']
  readonly doubts: Checked['doubts']
  readonly remarks: Checked['remarks']
  readonly columns: Checked['columns']
  readonly lookalikes: Checked['lookalikes']
  readonly first: Checked['first']
}

export interface CheckRequest extends ImportFiles {
  /** Rows to read at most. */
  readonly limit?: number
  /** A sync with whose memory the file is to be compared. */
  readonly sync?: Sync | undefined
}

/** Reads every row of a file under a plan and tells what an import would do. Sends nothing. Throws a UsageError. */
export async function checkFiles(request: CheckRequest, context: Context): Promise<CheckReport> {
  await using open = await openImport(request, context)
  return await checkFile(open, request, context)
}

/** The same of a file that is open. Uses the source up. `parallel`: from which size on in two threads. */
export async function checkFile(
  open: OpenFile,
  { limit, query, sync }: Pick<CheckRequest, 'limit' | 'query' | 'sync'>,
  context: Context,
  parallel: ParallelOptions = PARALLEL,
): Promise<CheckReport> {
  const { environment, signal, on } = context
  const { plan } = open
  on({ kind: 'stage', text: `Checking the rows of ${open.given}` })
  const now = environment.now()
  const goOn = () => {
    if (signal.aborted) throw new Stopped('Stopped before every row was checked. Nothing was sent.')
  }
  const handed = limit === undefined ? handOver(open, parallel) : undefined
  const { checked: found, passedOver } =
    handed === undefined
      ? await checkAlone(open, { limit, now, goOn }, signal)
      : await checkInParallel(open, handed, { now, goOn, parallel })
  const { lanes: rows, lookUps, ...checked } = found
  const limits = runLimits(open.compiled.lanes, plan, (lane) => defaultLimit(lane, environment.region))
  const costs = estimateCost({ lanes: rows, lookUps }, limits, plan.lanes)
  const durationMs = estimateDuration(costs)
  const compared = sync === undefined ? undefined : await compareWithSync(open, { sync, limit }, context)
  return {
    file: open.given,
    plan: open.planName,
    ...(query !== undefined && { query }),
    ...checked,
    remarks: [...unreadRemarks(open.source.unread), ...checked.remarks],
    passed_over: passedOver,
    lanes: costs,
    changes: changesAsked(rows, plan),
    ...(compared !== undefined && { compared }),
    seconds: durationMs === undefined ? null : Math.ceil(durationMs / 1000),
  }
}

/** Checks every row in this thread, or the first `limit`. */
async function checkAlone(
  { source, plan, compiled, openRows }: OpenFile,
  { limit, now, goOn }: { readonly limit: number | undefined; readonly now: number; readonly goOn: () => void },
  signal: AbortSignal,
): Promise<FoundInRows> {
  const deduplicated =
    plan.duplicates === 'all'
      ? markRepeats(compiled, plan)
      : await applyDuplicates(compiled, plan, () => readRows(openRows, limit, signal))
  const check = new RowCheck({ plan: deduplicated, columns: source.columns, empty: plan.rows.empty, now })
  for await (const chunk of takeRows(source, limit)) {
    goOn()
    for (const row of chunk) check.see(row)
  }
  return { checked: check.result(), passedOver: source.passedOver }
}

/** How many rows go to lanes that change members who are there, as the plan has it. */
function changesAsked(rows: Checked['lanes'], plan: Plan): Record<LaneName, number> {
  const changing = lanes.filter(({ name, changesMembers, sync }) => {
    const part = plan.lanes[name]
    return part !== undefined && changesMembers === true && sync?.changes?.(part) !== false
  })
  return Object.fromEntries(changing.map(({ name }) => [name, rows[name] ?? 0]))
}

export { emptyRule } from '../../plan/lookalikes.ts'
