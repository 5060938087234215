import type { LaneName } from '../../model.ts'
import type { Sync } from '../../sync/load-sync.ts'
import { openStoreToTry } from '../../sync/store.ts'
import { type Survey, surveyFile } from '../../sync/survey.ts'
import type { Context } from '../context.ts'
import type { OpenFile } from '../input/open-import.ts'
import { readRows } from '../input/read-rows.ts'

/** What a sync would make of a file, as far as it remembers its rows. Counts are rows, but for `gone`, which are members. */
export interface Compared extends Pick<
  Survey,
  'rows' | 'new' | 'changed' | 'unchanged' | 'invalid' | 'gone' | 'sends'
> {
  readonly sync: string
  /** Rows of members who have changed of whom something would be sent, by lane. */
  readonly changes: Readonly<Record<LaneName, number>>
}

/**
 * Compares a file that is open with what a sync remembers, under the plan that it is open with. Reads its rows once more,
 * sends nothing, and has the sync remember nothing of it. `limit`: rows to read at most, so that nobody counts as gone.
 */
export async function compareWithSync(
  { source, plan, compiled, openRows }: OpenFile,
  { sync, limit }: { readonly sync: Sync; readonly limit: number | undefined },
  { environment, signal, on }: Context,
): Promise<Compared> {
  on({ kind: 'stage', text: `Comparing with what the sync ${sync.name} remembers` })
  using stack = new DisposableStack()
  const store = stack.adopt(openStoreToTry(environment.home, sync.name), (opened) => opened.close())
  const found = await surveyFile(store, readRows(openRows, limit, signal), compiled, {
    columns: source.columns,
    empty: plan.rows.empty,
    retryRejected: sync.retryRejected,
    holds: limit === undefined ? sync.holds : 'changes',
    parts: plan.lanes,
  })
  const { columns: _columns, lookalikes: _lookalikes, changes = {}, ...counts } = found
  return { sync: sync.name, ...counts, changes }
}
