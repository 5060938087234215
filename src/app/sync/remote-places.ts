import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UsageError } from '../../model.ts'
import { below, withoutCredentials } from '../../remote/address.ts'
import { type Remote, openRemote } from '../../remote/remote.ts'
import { runFolder } from '../../run/run-record.ts'
import { type RemoteInbox, fetchFiles, archiveFiles } from '../../sync/remote-inbox.ts'
import { listInbox } from '../../sync/inbox.ts'
import type { FolderSource, Sync } from '../../sync/load-sync.ts'
import { endedRuns, latestExecutionOf, unfinishedExecution } from '../../sync/executions.ts'
import { type Store, syncFolder } from '../../sync/store.ts'
import type { Context } from '../context.ts'

/** What goes from a run's folder to the place for the reports. */
const REPORTS = ['results.csv', 'rejects.csv', 'results.jsonl', 'summary.json', 'report.html', 'gone.csv']
const REPORTED = 'reported'

export interface ElsewhereOptions extends Pick<Context, 'environment' | 'signal'> {
  readonly sync: Sync
  readonly store: Store
}

/** The sync as it is here: a source elsewhere becomes a folder here, whose files are whole when they are there. */
export function syncHere(sync: Sync, home: string): Sync & { readonly source: FolderSource } {
  if (sync.source.kind === 'inbox') return { ...sync, source: sync.source }
  const folder = join(syncFolder(home, sync.name).path, 'inbox')
  return { ...sync, source: { kind: 'inbox', folder, pattern: '*' }, ready: { kind: 'renamed' } }
}

/** What a sync's source is called. */
export function sourceName({ source }: Sync): string {
  return source.kind === 'inbox' ? source.folder : withoutCredentials(source.address)
}

/**
 * Does a sync's work between bringing its files here and putting them away there, and copies the reports to their place.
 * What cannot be brought, put away or copied does not stand in the way of what is here: it is thrown when that is done.
 */
export async function withElsewhere<T>(options: ElsewhereOptions, work: () => Promise<T>): Promise<T> {
  const { sync, store, environment, signal } = options
  if (sync.source.kind === 'inbox' && sync.reports === undefined) return work()
  const remote = openRemote({ access: environment.remote })
  if (store.fact(REPORTED) === undefined) store.setFact(REPORTED, String(latestExecutionOf(store)?.id ?? 0))
  const inbox = remoteInbox(remote, options)
  const troubles: UsageError[] = []
  // What is stopped goes on with the next call.
  const attempt = async (step: () => Promise<void>) => {
    if (signal.aborted) return
    await step().catch((error: unknown) => {
      if (error instanceof UsageError) troubles.push(error)
      else if (!signal.aborted) throw error
    })
  }
  try {
    if (inbox !== undefined) {
      await attempt(() => archiveFiles(inbox))
      await attempt(() => fetchFiles(inbox))
      const [trouble] = troubles
      if (trouble !== undefined && !waitsHere(options)) throw trouble
    }
    const result = await work()
    if (inbox !== undefined) await attempt(() => archiveFiles(inbox))
    await attempt(() => copyReports(remote, options))
    const [trouble] = troubles
    if (trouble !== undefined) throw trouble
    return result
  } finally {
    await remote.close()
  }
}

function remoteInbox(remote: Remote, { sync, store, environment, signal }: ElsewhereOptions): RemoteInbox | undefined {
  if (sync.source.kind === 'inbox') return undefined
  const { folder } = syncHere(sync, environment.home).source
  const { address } = sync.source
  return { address, folder, ready: sync.ready, store, remote, now: environment.now(), signal }
}

/** Whether there is something to do, wherever it came from. */
function waitsHere({ sync, store, environment }: ElsewhereOptions): boolean {
  const { folder } = syncHere(sync, environment.home).source
  return unfinishedExecution(store) !== undefined || (existsSync(folder) && listInbox(folder).length > 0)
}

async function copyReports(remote: Remote, { sync, store, environment, signal }: ElsewhereOptions): Promise<void> {
  if (sync.reports === undefined) return
  for (const { id, run = '' } of endedRuns(store, Number(store.fact(REPORTED)))) {
    const { path } = runFolder(environment.home, run)
    for (const name of REPORTS) {
      const report = join(path, name)
      if (existsSync(report)) await remote.put(report, below(sync.reports, run, name), signal)
    }
    store.setFact(REPORTED, String(id))
  }
}
