import type { Json } from '../model.ts'

/** Watches all values of a column for what only all of them together tell. */
export interface Watch {
  /** What is to be said of the column, in words that go on from its name; undefined where there is nothing. */
  readonly remark: () => string | undefined
  /** What it has seen, as JSON: a run that goes on from a place in its file goes on with it. */
  readonly snapshot: () => Json
  readonly restore: (snapshot: Json) => void
}

/** The snapshots of all of these, one behind the other. */
export function snapshotAll(watches: readonly Watch[]): Json {
  return watches.map((watch) => watch.snapshot())
}

/** Has each of these go on from what `snapshotAll` gave of them. */
export function restoreAll(watches: readonly Watch[], snapshots: Json | undefined): void {
  if (!Array.isArray(snapshots)) return
  for (const [at, watch] of watches.entries()) {
    const own: Json | undefined = snapshots[at]
    if (own !== undefined) watch.restore(own)
  }
}
