import type { SourceRow } from '../../model.ts'
import type { Source } from '../../source/open-source.ts'
import { Stopped } from '../stopped.ts'

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

/** The same of a file that is opened for it alone, and closed when they end. Throws `Stopped` where it is asked to stop. */
export async function* readRows(
  open: () => Promise<Source>,
  limit: number | undefined,
  signal: AbortSignal,
): AsyncGenerator<readonly SourceRow[]> {
  const source = await open()
  try {
    yield* stoppable(takeRows(source, limit), signal)
  } finally {
    await source.close()
  }
}

/** Rows as they are read, until it is asked to stop: throws `Stopped` then. */
export async function* stoppable(
  rows: ReturnType<Source['chunks']>,
  signal: AbortSignal,
): AsyncGenerator<readonly SourceRow[]> {
  for await (const chunk of rows) {
    if (signal.aborted) throw new Stopped('Stopped before the file was read to its end. Nothing was sent.')
    yield chunk
  }
}
