import { chmodSync, existsSync } from 'node:fs'
import { skipDone, applyDuplicates } from '../../check/apply-duplicates.ts'
import { takeFileLock } from '../../file-lock.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import { openLedger } from '../../ledger/open-ledger.ts'
import { BusyError, UsageError } from '../../model.ts'
import { dropRequest } from '../../run/requests.ts'
import { type RunRecord, runFolder, saveRunRecord } from '../../run/run-record.ts'
import type { CompiledPlan } from '../../plan/compile-plan.ts'
import { unreadableInput } from '../../run/life/unreadable-input.ts'
import type { Context } from '../context.ts'
import { openRows } from '../input/open-rows.ts'
import { readRows } from '../input/read-rows.ts'
import { renderIndex } from '../report/render-index.ts'
import { renderRelatives, renderRun } from '../report/render-run.ts'
import { doneRows } from '../rerun/done-rows.ts'
import { Stopped } from '../stopped.ts'
import { claimRun } from './claim-run.ts'
import { describeSettings } from './describe-settings.ts'
import { type RunPlaces, openPlaces } from './open-places.ts'
import { type SessionEnd, sessionEnd } from './session-end.ts'
import type { SessionOptions } from './session-options.ts'
import { workOnRun } from './work-on-run.ts'

/**
 * Works on a run until it is finished, paused, halted or cancelled, and leaves its reports behind: one process at a time.
 * Closes the source. Throws a BusyError where another process is at work on it.
 */
export async function runSession(options: SessionOptions, context: Context): Promise<SessionEnd> {
  const { home } = context.environment
  const folder = runFolder(home, options.record.run)
  using open = new DisposableStack()
  const unlock = takeFileLock(folder.lock)
  if (unlock === undefined) throw new BusyError(`Another process is at work on run ${options.record.run}.`)
  open.defer(unlock)
  dropRequest(folder.request)
  const ledger = openLedger(folder.ledger)
  open.defer(() => existsSync(folder.ledger) && chmodSync(folder.ledger, 0o600))
  open.defer(() => ledger.close())

  const record: RunRecord = {
    ...options.record,
    hasLedger: true,
    state: 'running',
    reason: undefined,
    remedy: undefined,
    stopWhen: undefined,
  }
  const worked = await claimAndWork({ ...options, record, ledger }, context)
  const ended: RunRecord = { ...record, ...worked, finishedAt: new Date().toISOString() }
  context.on({ kind: 'stage', text: 'Writing the reports' })
  const summary = await renderRun(home, ended, ledger)
  saveRunRecord(home, ended)
  await renderRelatives(home, ended, context.on)
  renderIndex(home, context.on)
  context.on({ kind: 'run-ended', run: ended.run, state: ended.state })
  return sessionEnd(ended, summary, ledger)
}

type LedgeredSession = SessionOptions & { readonly ledger: Ledger }

/** A run that was stopped before it could be begun, as its broker stayed away, is left as it stands: `resume` goes on. */
async function claimAndWork(options: LedgeredSession, context: Context): Promise<Partial<RunRecord>> {
  const { broker, connection, record, ledger } = options
  const { home } = context.environment
  try {
    await claimRun({ run: record.run, folder: runFolder(home, record.run).path, ledger, broker, on: context.on })
    saveRunRecord(home, record)
    return await work(options, context)
  } catch (error) {
    if (!connection.isAbandonment(error)) throw error
    return { state: 'paused' }
  }
}

async function work(options: LedgeredSession, context: Context): Promise<Partial<RunRecord>> {
  const { record, ledger, input } = options
  const path = runFolder(context.environment.home, record.run).journal
  using places = await openPlaces({ record, ledger, plan: input.plan, source: input.source, path })
  let compiled: CompiledPlan
  if (input.plan.duplicates === 'last') {
    context.on({ kind: 'stage', text: 'Reading the file through for rows that repeat each other' })
  }
  try {
    compiled = await prepare({ ...options, places }, context)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    await input.source.close()
    return error instanceof Stopped ? { state: 'paused' } : unreadableInput(error)
  }
  const worked = await workOnRun({ ...options, places, input: { ...input, compiled } }, context)
  if (worked.state === 'finished' || worked.state === 'cancelled') places.forget()
  return worked
}

/** Notes what the session goes by, and gives the plan with what it does about rows that repeat each other. */
async function prepare(
  { record, input: { plan, compiled, source }, ledger, places }: LedgeredSession & { places: RunPlaces },
  { environment: { home }, signal }: Context,
): Promise<CompiledPlan> {
  if (source.columns !== undefined) ledger.meta.set('columns', [...source.columns])
  ledger.meta.set('settings', describeSettings(plan))
  const remaining = record.rerunOf === undefined ? compiled : skipDone(compiled, plan, doneRows(home, record, plan))
  const open = () => openRows(home, record, plan, { stamps: source.stamps })
  const read = () => readRows(open, record.limit, signal)
  return await applyDuplicates(remaining, plan, read, places.journal)
}
