import { existsSync } from 'node:fs'
import { InTheWay } from '../../model.ts'
import { type InboxFile, listInbox, readyFiles } from '../../sync/inbox.ts'
import { type Execution, latestExecutions, unfinishedExecution } from '../../sync/executions.ts'
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
  const executions: ExecutionResult[] = []
  const broken = unfinishedExecution(store)
  try {
    if (broken !== undefined) executions.push(await resumeExecution(broken, context))
    await takeFiles(context, executions)
  } catch (error) {
    if (!(error instanceof Stopped)) throw error
  }
  if (signal.aborted || executions.some(({ execution }) => isOpen(execution))) return { state: 'stopped', executions }
  if (executions.some(({ execution }) => execution.outcome === 'guard')) return { state: 'held', executions }
  if (executions.length > 0) return { state: 'done', executions }
  if (context.sync.noFile === 'tell') noteNoFile(context, listInbox(inbox))
  on({ kind: 'inbox-empty', source })
  return { state: 'nothing', executions }
}

async function takeFiles(context: ExecutionContext, executions: ExecutionResult[]): Promise<void> {
  const { sync, signal } = context
  const seen = new Set<string>()
  for (;;) {
    if (executions.some(({ execution }) => isOpen(execution)) || signal.aborted) return
    if (executions.length > 0) keepInbox(context.inbox)
    const [file, newer] = waitingFiles(context, seen)
    if (file === undefined) return
    seen.add(file.name)
    const taken = await takeFile(file, newer === undefined, context)
    executions.push(taken)
    // Changes are made in their order, or not at all.
    if (sync.holds === 'changes' && taken.execution.outcome === 'guard' && taken.execution.archived === undefined)
      return
  }
}

/** A halted or paused run keeps its execution open. */
function isOpen({ endedAt, outcome }: Execution): boolean {
  return endedAt === undefined && outcome !== 'guard'
}

/** That it is not there at all is a mistake in the sync; that it goes while the sync is at work is none. */
function keepInbox(folder: string): void {
  if (existsSync(folder)) return
  throw new InTheWay(
    `The inbox ${folder} was taken away while the sync was at work. What was imported is remembered; ` +
      'put the folder back, and the next call goes on with what is in it.',
    { goesOn: true },
  )
}

function waitingFiles({ sync, inbox, environment }: ExecutionContext, seen: ReadonlySet<string>): readonly InboxFile[] {
  const pattern = sync.source.kind === 'inbox' ? sync.source.pattern : '*'
  const files = readyFiles(listInbox(inbox), { pattern, ready: sync.ready, now: environment.now() })
  return files.filter(({ name }) => !seen.has(name))
}

function noteNoFile(context: ExecutionContext, files: readonly InboxFile[]): void {
  const [last] = latestExecutions(context.store, 1)
  const reason =
    files.length === 0
      ? 'No file came.'
      : `No file is ready; ${files.length} in the inbox are not whole yet, or not meant.`
  // Who looks every minute need not read it every minute.
  if (context.due === undefined && last?.outcome === 'missed' && last.reason === reason) return
  recordTrouble({ ...newExecution(context), outcome: 'missed', reason }, { kind: 'missed' }, '', context)
}
