import { UsageError } from '../../model.ts'
import { listInbox, readyFiles } from '../../sync/inbox.ts'
import type { Sync } from '../../sync/load-sync.ts'
import { openStoreToTry } from '../../sync/store.ts'
import type { Context } from '../context.ts'
import { type Examined, tryFile } from './examine-file.ts'
import { sourceName } from './remote-places.ts'

/** What an execution would make of a file that waits. */
export type TriedFile = { readonly file: string } & Examined

/**
 * Compares the files that wait for a sync with what is remembered, and sends nothing. Throws a UsageError where they
 * would have to be fetched first.
 */
export async function trySync(sync: Sync, context: Context): Promise<readonly TriedFile[]> {
  if (sync.source.kind !== 'inbox') {
    throw new UsageError(
      `--dry-run fetches nothing, so it cannot say what waits in ${sourceName(sync)}. To look at a file there, give ` +
        `its address to \`check\`, with --plan ${sync.plan}. To compare one with what is remembered, copy it into a ` +
        `folder, and give --dry-run a copy of ${sync.file} with \`name: ${sync.name}\` and that folder as its \`source\`.`,
    )
  }
  const { environment } = context
  const { folder: inbox, pattern } = sync.source
  using stack = new DisposableStack()
  const store = stack.adopt(openStoreToTry(environment.home, sync.name), (opened) => opened.close())
  const files = readyFiles(listInbox(inbox), { pattern, ready: sync.ready, now: environment.now() })
  const tried: TriedFile[] = []
  for (const file of files) {
    const examined = await tryFile(file, {
      ...context,
      sync,
      inbox,
      store,
      force: false,
      workers: true,
      due: undefined,
    })
    tried.push({ file: file.name, ...examined })
  }
  return tried
}
