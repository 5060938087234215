import type { Keep } from './load-sync.ts'

/**
 * Of things that came one after the other, those that may go: older than `forMs`, or beyond the latest `atMost`; the
 * latest `atLeast` stay, whatever their age. `items`: oldest first; times are milliseconds since the epoch.
 */
export function toPrune<T extends { readonly at: number }>(items: readonly T[], keep: Keep, now: number): readonly T[] {
  return items.filter(({ at }, index) => {
    const newer = items.length - 1 - index
    return newer >= keep.atLeast && (newer >= keep.atMost || now - at > keep.forMs)
  })
}
