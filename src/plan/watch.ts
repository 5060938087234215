import type { Json } from '../model.ts'

/** Watches all values of a column for what only all of them together tell. */
export interface Watch {
  /** What is to be said of the column, in words that go on from its name; undefined where there is nothing. */
  readonly remark: () => string | undefined
  /** What it has seen, as JSON: a run that goes on from a place in its file goes on with it. */
  readonly seen: () => Json
  readonly goOnFrom: (seen: Json) => void
}

/** What all of these have seen, one behind the other. */
export function seenBy(watches: readonly Watch[]): Json {
  return watches.map((watch) => watch.seen())
}

/** Has each of these go on from what `seenBy` said of them. */
export function goOnFrom(watches: readonly Watch[], seen: Json | undefined): void {
  if (!Array.isArray(seen)) return
  for (const [at, watch] of watches.entries()) {
    const own: Json | undefined = seen[at]
    if (own !== undefined) watch.goOnFrom(own)
  }
}
