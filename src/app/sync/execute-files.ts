import { type InboxFile, listInbox, readyFiles } from '../../sync/inbox.ts'
import { type Night, latestNights, openNight } from '../../sync/nights.ts'
import { Stopped } from '../stopped.ts'
import { type ExecutionContext, type ExecutionResult, newExecution } from './execution-context.ts'
import { resumeExecution } from './import-file.ts'
import { recordTrouble } from './record-trouble.ts'
import type { SyncEnd } from './sync-end.ts'
import { takeFile } from './take-file.ts'

/**
 * Resumes the execution that was broken off, and takes the files of the inbox, oldest first. `source`: what the place
 * that they come from is called.
 */
export async function executeFiles(context: ExecutionContext, source: string): Promise<SyncEnd> {
  const { inbox, store, signal, on } = context
  const nights: ExecutionResult[] = []
  const broken = openNight(store)
  try {
    if (broken !== undefined) nights.push(await resumeExecution(broken, context))
    await takeFiles(context, nights)
  } catch (error) {
    if (!(error instanceof Stopped)) throw error
  }
  if (signal.aborted || nights.some(({ night }) => isOpen(night))) return { state: 'stopped', nights }
  if (nights.some(({ night }) => night.outcome === 'guard')) return { state: 'held', nights }
  if (nights.length > 0) return { state: 'done', nights }
  if (context.sync.noFile === 'tell') noteNoFile(context, listInbox(inbox))
  on({ kind: 'inbox-empty', source })
  return { state: 'nothing', nights }
}

async function takeFiles(context: ExecutionContext, nights: ExecutionResult[]): Promise<void> {
  const { sync, signal } = context
  const seen = new Set<string>()
  for (;;) {
    if (nights.some(({ night }) => isOpen(night)) || signal.aborted) return
    const [file, newer] = waitingFiles(context, seen)
    if (file === undefined) return
    seen.add(file.name)
    const taken = await takeFile(file, newer === undefined, context)
    nights.push(taken)
    // Changes are made in their order, or not at all.
    if (sync.holds === 'changes' && taken.night.outcome === 'guard' && taken.night.archived === undefined) return
  }
}

/** A halted or paused run keeps its night open. */
function isOpen({ endedAt, outcome }: Night): boolean {
  return endedAt === undefined && outcome !== 'guard'
}

function waitingFiles({ sync, inbox, environment }: ExecutionContext, seen: ReadonlySet<string>): readonly InboxFile[] {
  const pattern = sync.source.kind === 'inbox' ? sync.source.pattern : '*'
  const files = readyFiles(listInbox(inbox), { pattern, ready: sync.ready, now: environment.now() })
  return files.filter(({ name }) => !seen.has(name))
}

function noteNoFile(context: ExecutionContext, files: readonly InboxFile[]): void {
  const [last] = latestNights(context.store, 1)
  const reason =
    files.length === 0
      ? 'No file came.'
      : `No file is ready; ${files.length} in the inbox are not whole yet, or not meant.`
  // Who looks every minute need not read it every minute.
  if (context.due === undefined && last?.outcome === 'missed' && last.reason === reason) return
  recordTrouble({ ...newExecution(context), outcome: 'missed', reason }, { kind: 'missed' }, '', context)
}
