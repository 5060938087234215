import { latestExecutions } from '../../sync/executions.ts'
import { openStore } from '../../sync/store.ts'
import type { Environment } from '../environment.ts'
import { listSyncs } from '../sync/sync-history.ts'

/** How a sync stands, for a graph. */
export interface SyncStatus {
  readonly sync: string
  /** When an execution finished last, in milliseconds since the epoch. */
  readonly lastGoodAt: number | undefined
  /** Rows rejected, failed or invalid in the last execution that has ended. */
  readonly problems: number | undefined
}

const LOOKED_AT = 100

/** The syncs that were run in a home. */
export function syncStatuses(environment: Environment): readonly SyncStatus[] {
  return listSyncs(environment).map(({ name }) => {
    using stack = new DisposableStack()
    const store = stack.adopt(openStore(environment.home, name), (opened) => opened.close())
    const ended = latestExecutions(store, LOOKED_AT).filter(({ endedAt }) => endedAt !== undefined)
    const good = ended.find(({ outcome }) => outcome === 'finished')
    return { sync: name, lastGoodAt: good?.endedAt, problems: ended.find(({ run }) => run !== undefined)?.problems }
  })
}
