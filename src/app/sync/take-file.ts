import { join } from 'node:path'
import { hashFile } from '../../source/hash-file.ts'
import { sameFileViolation } from '../../sync/guards.ts'
import { type InboxFile, putAside } from '../../sync/inbox.ts'
import { type Execution, addExecution, importedBy, saveExecution, wasHeld } from '../../sync/executions.ts'
import { judgeFile, writtenAt } from '../../sync/judge-file.ts'
import { examineFile } from './examine-file.ts'
import type { ExecutionContext, ExecutionResult } from './execution-context.ts'
import { holdBack, stampOf, vanished } from './hold-back.ts'
import { importFile } from './import-file.ts'

/**
 * Takes up one file of the inbox: looks at it, and imports it where no guard trips. `isLatest`: no newer one waits; a
 * file that was held back before goes to `failed/` where there is, as the newer one has all that it has.
 * Throws `Stopped` where it was stopped before anything came of it.
 */
export async function takeFile(
  file: InboxFile,
  isLatest: boolean,
  context: ExecutionContext,
): Promise<ExecutionResult> {
  const { sync, inbox, store, environment, force, due } = context
  const path = join(inbox, file.name)
  const begun = { due, startedAt: environment.now(), file: file.name }
  const sha256 = await hashFile(path).catch((error: unknown) => error)
  if (typeof sha256 !== 'string') return holdBack({ ...begun }, [vanished(file.name)], context)
  const held = force ? undefined : wasHeld(store, sha256)
  if (held !== undefined && isStillHeld(held, file, context)) {
    // The newest list has all that an older one has; of changes, none is in the place of another.
    return { execution: isLatest || sync.holds === 'changes' ? held : supersede(held, file.name, context) }
  }
  const before = importedBy(store, sha256)
  if (before !== undefined && sync.guards.sameFile && !force) {
    return holdBack({ ...begun, sha256 }, [sameFileViolation(before)], context)
  }
  store.db.exec('BEGIN IMMEDIATE')
  try {
    const examined = await examineFile(path, sha256, context)
    const violations = examined.kind === 'sound' ? examined.violations : [examined.violation]
    if (examined.kind === 'unusable' || (violations.length > 0 && !force)) {
      store.db.exec('ROLLBACK')
      const known = examined.kind === 'sound' ? { ...begun, sha256, survey: examined.survey } : { ...begun, sha256 }
      return holdBack(known, violations, context)
    }
    const execution = { ...begun, sha256, survey: examined.survey, outcome: 'begun' }
    const id = addExecution(store, execution)
    store.db.exec('COMMIT')
    return await importFile({ ...execution, id }, context)
  } catch (error) {
    if (store.db.isTransaction) store.db.exec('ROLLBACK')
    throw error
  }
}

/**
 * Whether the guards, as the sync's file has them now, would trip over a file again that they held back. What nobody could
 * read is looked at again: the plan may have been mended.
 */
function isStillHeld(
  { survey: found, sha256 = '' }: Execution,
  { name, modifiedAt }: InboxFile,
  { sync, store }: ExecutionContext,
): boolean {
  // The same content may have come again under another name.
  if (found !== undefined)
    return judgeFile(store, { name, survey: { ...found, ...writtenAt(modifiedAt) } }, sync).length > 0
  return sync.guards.sameFile && importedBy(store, sha256) !== undefined
}

function supersede(held: Execution, name: string, { store, sync, inbox }: ExecutionContext): Execution {
  const archived = putAside(inbox, name, sync.ready, stampOf(held.startedAt))
  saveExecution(store, { ...held, archived })
  return { ...held, archived, outcome: 'superseded' }
}
