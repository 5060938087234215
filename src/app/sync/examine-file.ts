import { statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { UsageError } from '../../model.ts'
import { loadPlan } from '../../plan/load-plan.ts'
import { InputChanged } from '../../source/file-stamp.ts'
import { hashFile } from '../../source/hash-file.ts'
import type { GuardViolation } from '../../sync/guards.ts'
import type { InboxFile } from '../../sync/inbox.ts'
import { judgeFile, writtenAt } from '../../sync/judge-file.ts'
import { type Survey, surveyFile } from '../../sync/survey.ts'
import { type OpenImport, openImport, readPlan } from '../input/open-import.ts'
import { stoppable } from '../input/read-rows.ts'
import { Stopped } from '../stopped.ts'
import type { ExecutionContext } from './execution-context.ts'

/** A file that was read and compared, before anything is sent. */
export type Examined =
  | { readonly kind: 'sound'; readonly survey: Survey; readonly violations: readonly GuardViolation[] }
  | { readonly kind: 'unusable'; readonly violation: GuardViolation }

/** Reads a file and says what would be done with it. `context.store`: one of `openStoreToTry`. */
export async function tryFile(file: InboxFile, context: ExecutionContext): Promise<Examined> {
  const path = join(context.inbox, file.name)
  return examineFile(path, await hashFile(path), context)
}

/**
 * Compares a file with what is remembered, and looks at the guards. `sha256`: what it was before. To be called within a
 * transaction that is rolled back where nothing comes of it. Throws `Stopped` where it was stopped before the end.
 */
export async function examineFile(path: string, sha256: string, context: ExecutionContext): Promise<Examined> {
  const { sync, store, signal } = context
  // A plan that cannot be read is no fault of the file's.
  loadPlan(readPlan(sync.plan), sync.plan)
  const before = statOf(path)
  const opened = await openToExamine(path, context)
  if ('kind' in opened) return opened
  await using open = opened
  const { source, compiled } = open
  let found: Survey
  try {
    found = await surveyFile(store, stoppable(source.chunks(), signal), compiled, {
      columns: source.columns,
      empty: open.plan.rows.empty,
      retryRejected: sync.retryRejected,
      holds: sync.holds,
      parts: open.plan.lanes,
    })
    // What was decrypted has a hash of its own.
    const read = open.isCopy ? await hashFile(path) : await source.readHash()
    const after = statOf(path)
    if (read !== sha256 || after === undefined || after !== before)
      return unsteady('The file changed while it was read.')
  } catch (error) {
    return unusable(error, path)
  }
  const survey = { ...found, ...writtenAt(statSync(path, { throwIfNoEntry: false })?.mtimeMs) }
  return { kind: 'sound', survey, violations: judgeFile(store, { name: basename(path), survey }, sync) }
}

function unsteady(reason: string): Extract<Examined, { kind: 'unusable' }> {
  return { kind: 'unusable', violation: { guard: 'unsteady', reason } }
}

async function openToExamine(
  path: string,
  context: ExecutionContext,
): Promise<OpenImport | Extract<Examined, { kind: 'unusable' }>> {
  try {
    return await openImport({ files: [path], plan: context.sync.plan, hash: true }, context)
  } catch (error) {
    return unusable(error, path)
  }
}

/** What cannot be read, be it from its beginning or from somewhere in its middle. Throws what is no fault of the file's. */
function unusable(error: unknown, path: string): Extract<Examined, { kind: 'unusable' }> {
  if (!(error instanceof UsageError) || error instanceof Stopped) throw error
  const hasChanged = error instanceof InputChanged || statOf(path) === undefined
  return { kind: 'unusable', violation: { guard: hasChanged ? 'unsteady' : 'unreadable', reason: error.message } }
}

function statOf(path: string): string | undefined {
  const stat = statSync(path, { throwIfNoEntry: false })
  return stat === undefined ? undefined : `${stat.size} ${stat.mtimeMs}`
}
