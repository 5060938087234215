import type { Json } from '../model.ts'

/** Watches all values of a column for what only all of them together tell. */
export interface Watch {
  /** What is to be said of the column, in words that go on from its name; undefined where there is nothing. */
  readonly remark: () => string | undefined
  /** What it has seen, as JSON: a run that goes on from a place in its file goes on with it. */
  readonly snapshot: () => Json
  readonly restore: (snapshot: Json) => void
  /**
   * Takes in what another watch of the column has seen of other rows, as if it had seen them itself. What is said is the same
   * whichever of the two saw which row.
   */
  readonly absorb: (snapshot: Json) => void
}

/** The snapshots of all of these, one behind the other. */
export function snapshotAll(watches: readonly Watch[]): Json {
  return watches.map((watch) => watch.snapshot())
}

/** Has each of these go on from what `snapshotAll` gave of them. */
export function restoreAll(watches: readonly Watch[], snapshots: Json | undefined): void {
  eachOf(watches, snapshots, (watch, own) => watch.restore(own))
}

/** Has each of these take in what `snapshotAll` gave of others, which saw other rows of the same columns. */
export function absorbAll(watches: readonly Watch[], snapshots: Json | undefined): void {
  eachOf(watches, snapshots, (watch, own) => watch.absorb(own))
}

function eachOf(
  watches: readonly Watch[],
  snapshots: Json | undefined,
  onSnapshot: (watch: Watch, own: Json) => void,
): void {
  if (!Array.isArray(snapshots)) return
  for (const [at, watch] of watches.entries()) {
    const own: Json | undefined = snapshots[at]
    if (own !== undefined) onSnapshot(watch, own)
  }
}
