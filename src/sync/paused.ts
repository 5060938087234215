import type { Store } from './store.ts'

/** Since when a sync is paused, in milliseconds since the epoch; undefined where it is not. */
export function pausedSince(store: Store): number | undefined {
  const since = store.fact('paused')
  return since === undefined || since === '' ? undefined : Number(since)
}

/** Pauses a sync from that time on, or lets it go on where there is none. */
export function setPaused(store: Store, since: number | undefined): void {
  store.setFact('paused', since === undefined ? '' : String(since))
}
