import { join } from 'node:path'
import { hashFile } from '../../source/hash-file.ts'
import { doubtsAbout, sameFileDoubt } from '../../sync/guards.ts'
import { type InboxFile, putAside } from '../../sync/inbox.ts'
import { type Night, addNight, importedBy, lastGood, saveNight, wasHeld } from '../../sync/nights.ts'
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
  if (held !== undefined && isStillHeld(held, context)) {
    // The newest list has all that an older one has; of changes, none is in the place of another.
    return { night: isLatest || sync.holds === 'changes' ? held : supersede(held, file.name, context) }
  }
  const before = importedBy(store, sha256)
  if (before !== undefined && sync.guards.sameFile && !force) {
    return holdBack({ ...begun, sha256 }, [sameFileDoubt(before)], context)
  }
  store.db.exec('BEGIN IMMEDIATE')
  try {
    const examined = await examineFile(path, sha256, context)
    const doubts = examined.kind === 'sound' ? examined.doubts : [examined.doubt]
    if (examined.kind === 'unusable' || (doubts.length > 0 && !force)) {
      store.db.exec('ROLLBACK')
      const known = examined.kind === 'sound' ? { ...begun, sha256, survey: examined.survey } : { ...begun, sha256 }
      return holdBack(known, doubts, context)
    }
    const night = { ...begun, sha256, survey: examined.survey, outcome: 'begun' }
    const id = addNight(store, night)
    store.db.exec('COMMIT')
    return await importFile({ ...night, id }, context)
  } catch (error) {
    if (store.db.isTransaction) store.db.exec('ROLLBACK')
    throw error
  }
}

/**
 * Whether the guards, as the sync's file has them now, would trip over a file again that they held back. What nobody could
 * read is looked at again: the plan may have been mended.
 */
function isStillHeld({ survey: found, sha256 = '' }: Night, { sync, store }: ExecutionContext): boolean {
  if (found !== undefined) return doubtsAbout(found, lastGood(store), sync.guards).length > 0
  return sync.guards.sameFile && importedBy(store, sha256) !== undefined
}

function supersede(held: Night, name: string, { store, sync, inbox }: ExecutionContext): Night {
  const archived = putAside(inbox, name, sync.ready, stampOf(held.startedAt))
  saveNight(store, { ...held, archived })
  return { ...held, archived, outcome: 'superseded' }
}
