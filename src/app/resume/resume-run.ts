import { commandOf } from '../../typed-commands.ts'
import { UsageError } from '../../model.ts'
import type { MemberRules, ReadRows } from '../../check/apply-duplicates.ts'
import type { CompiledPlan } from '../../plan/compile-plan.ts'
import { findRun } from '../../run/list-runs.ts'
import { openLedger } from '../../ledger/open-ledger.ts'
import { type RunRecord, runFolder } from '../../run/run-record.ts'
import { formatCount } from '../../words.ts'
import type { Context } from '../context.ts'
import { openRows } from '../input/open-rows.ts'
import { readRows } from '../input/read-rows.ts'
import { openNotify } from '../notify/notify-end.ts'
import { openWatchedBroker } from '../session/open-watched-broker.ts'
import { runSession } from '../session/run-session.ts'
import type { SessionEnd } from '../session/session-end.ts'
import { checkAccount, checkFile, checkLedger } from './check-record.ts'
import { openRunInput } from './open-run-input.ts'

export interface ResumeRequest {
  /** The run's id, the beginning or end of one, or `latest`. */
  readonly run: string
  /** Whether this process works on the lanes itself. */
  readonly workers: boolean
  /** An address to which the summary is posted when the run ends, is paused or halts. */
  readonly notify?: string
}

/**
 * Resumes a paused, halted or crashed run. Throws a UsageError where it is over, belongs to a sync, or cannot be
 * continued as it began.
 */
export async function resumeRun(request: ResumeRequest, context: Context): Promise<SessionEnd> {
  const notify = openNotify(request.notify, context)
  const record = findRun(context.environment.home, request.run)
  refuseOtherwise(record, context.environment.home)
  const end = await continueRun(record, request, context)
  await notify(end)
  return end
}

export interface ContinueOptions {
  readonly workers: boolean
  /** What is made of the run's plan. */
  readonly change?: (plan: CompiledPlan, rules: MemberRules, read: ReadRows) => Promise<CompiledPlan>
}

/**
 * Continues a run under the plan as it was. Throws a UsageError where the file is gone or has changed, or the
 * environment names another account.
 */
export async function continueRun(record: RunRecord, options: ContinueOptions, context: Context): Promise<SessionEnd> {
  const { environment, on } = context
  const { workers, change } = options
  checkLedger(record, environment.home)
  if (record.verifies === undefined) {
    on({ kind: 'stage', text: `Comparing ${record.source} with what the run began with` })
    await checkFile(record)
  }
  checkAccount(record, environment)
  await using stack = new AsyncDisposableStack()
  const { plan, source, compiled } = stack.use(await openRunInput(environment.home, record))
  const openAgain = () => openRows(environment.home, record, plan, { stamps: source.stamps })
  const read = () => readRows(openAgain, record.limit, context.signal)
  const input = { plan, source, compiled: (await change?.(compiled, plan, read)) ?? compiled }
  const { broker, connection } = stack.use(await openWatchedBroker(environment, context))
  on({ kind: 'run-resumed', run: record.run })
  return await runSession({ broker, connection, record, input, workers }, context)
}

function refuseOtherwise(record: RunRecord, home: string): void {
  const { run, state, sync } = record
  if (state === 'finished') {
    throw new UsageError(
      `Run ${run} is finished: there is nothing to go on with. \`${commandOf('show', run)}\` tells what became of its rows:` +
        countsOf(record, home),
    )
  }
  if (state === 'cancelled') {
    throw new UsageError(`Run ${run} was cancelled. Import the file again to start over.`)
  }
  if (sync !== undefined) {
    const name = sync.slice(0, sync.indexOf('/'))
    throw new UsageError(`Run ${run} belongs to the sync ${name}: \`sync run\` with its file goes on with it.`)
  }
}

/** A line for each status that rows have. */
function countsOf({ run }: RunRecord, home: string): string {
  const ledger = openLedger(runFolder(home, run).ledger, { readOnly: true })
  try {
    const counts = Object.entries(ledger.counts().statuses).filter(([, count]) => count > 0)
    return counts.map(([status, count]) => `\n  ${formatCount(count)} ${status}`).join('')
  } finally {
    ledger.close()
  }
}
