import type { EventName } from './sync-schema.ts'

/** How a night ended, as far as telling goes. */
export type NightEnd =
  | { readonly kind: 'finished'; readonly problems: number; readonly rows: number }
  | { readonly kind: 'halted'; readonly reason: string }
  | { readonly kind: 'guard'; readonly guard: string }
  | { readonly kind: 'missed' }

export interface News {
  readonly event: EventName
  /** What is kept as told until things are good again, so that it is not repeated; undefined where they are good. */
  readonly standing?: string
}

/**
 * What there is to tell of a night. `told`: the standings of bad nights since the last good one. The first good night
 * after a bad one is told as `recovered`; the same trouble is told once.
 */
export function newsOf(end: NightEnd, told: readonly string[], problemsOver: number): readonly News[] {
  const trouble = troubleOf(end, problemsOver)
  if (trouble === undefined) {
    return [...(told.length > 0 ? [{ event: 'recovered' } as const] : []), { event: 'finished' }]
  }
  return told.includes(trouble.standing) ? [] : [trouble]
}

/** Undefined where the night was good. */
export function troubleOf(end: NightEnd, problemsOver: number): Required<News> | undefined {
  switch (end.kind) {
    case 'finished':
      return end.problems > problemsOver * end.rows ? { event: 'problems', standing: 'problems' } : undefined
    case 'halted':
      return { event: 'halted', standing: `halted ${end.reason}` }
    case 'guard':
      return { event: 'guard', standing: `guard ${end.guard}` }
    case 'missed':
      return { event: 'missed', standing: 'missed' }
  }
}
