import type { SourceRow } from '../../model.ts'
import type { Source } from '../../source/open-source.ts'

/** The first rows of a file, in chunks: `limit` of them, or all. */
export async function* takeRows(source: Source, limit: number | undefined): AsyncGenerator<readonly SourceRow[]> {
  let taken = 0
  for await (const chunk of source.chunks()) {
    const rows = limit === undefined ? chunk : chunk.slice(0, limit - taken)
    taken += rows.length
    yield rows
    if (taken === limit) return
  }
}

/** The same of a file that is opened for it alone, and closed when they end. */
export async function* readRows(
  open: () => Promise<Source>,
  limit: number | undefined,
): AsyncGenerator<readonly SourceRow[]> {
  const source = await open()
  try {
    yield* takeRows(source, limit)
  } finally {
    await source.close()
  }
}
