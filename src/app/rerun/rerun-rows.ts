import { findRun } from '../../run/list-runs.ts'
import type { Priority } from '../../run/turn-taker.ts'
import type { Context } from '../context.ts'
import { startRun } from '../import/start-run.ts'
import { type TakingOut, confirmRows, refuseTakingOut, takingOut } from '../import/taking-out.ts'
import { openNotify } from '../notify/notify-end.ts'
import { checkAccount } from '../resume/check-record.ts'
import type { SessionEnd } from '../session/session-end.ts'
import { type RerunEstimate, estimateRerun } from './estimate-rerun.ts'
import { type RerunChoice, openRerun } from './open-rerun.ts'

export interface RerunRequest extends RerunChoice, TakingOut {
  /** The run's id, the beginning or end of one, or `latest`. */
  readonly run: string
  /** Say what would be sent, and send nothing. */
  readonly dryRun?: boolean
  readonly priority: Priority
  /** Whether this process works on the lanes itself. */
  readonly workers: boolean
  /** An address to which the summary is posted when the run ends, is paused or halts. */
  readonly notify?: string
}

/** `run`: the one whose rows go again. */
export type RerunResult =
  | { readonly kind: 'nothing'; readonly run: string }
  | { readonly kind: 'estimated'; readonly run: string; readonly estimate: RerunEstimate }
  | { readonly kind: 'ended'; readonly run: string; readonly end: SessionEnd }

/** Sends those rows of a run again that did not succeed, as a run of its own. Throws a UsageError as `openRerun` does. */
export async function rerunRows(request: RerunRequest, context: Context): Promise<RerunResult> {
  const { environment, on } = context
  const notify = openNotify(request.notify, context)
  const target = findRun(environment.home, request.run)
  const { run } = target
  on({ kind: 'stage', text: `Choosing the rows of run ${run} that go again` })
  await using open = await openRerun(environment.home, target, request)
  if (open.left > 0) on({ kind: 'rows-left-out', file: open.given, rows: open.left })
  if (open.selected === 0) return { kind: 'nothing', run }
  if (request.dryRun === true)
    return { kind: 'estimated', run, estimate: await estimateRerun(open, environment.region) }
  checkAccount(target, environment)
  on({ kind: 'rows-selected', of: run, rows: open.selected })
  refuseTakingOut(open.compiled.lanes, request)
  const lane = takingOut(open.compiled.lanes)
  if (lane !== undefined) await confirmRows(lane, open.selected, request, context)
  const { priority, workers, allowUnlink } = request
  const end = await startRun(open, { priority, workers, allowUnlink, again: true }, context)
  await notify(end)
  return { kind: 'ended', run, end }
}
