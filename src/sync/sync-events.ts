import type { EventName } from './sync-schema.ts'

/** How an execution ended, as far as notifications go. */
export type ExecutionEnd =
  | { readonly kind: 'finished'; readonly problems: number; readonly rows: number }
  | { readonly kind: 'halted'; readonly reason: string }
  | { readonly kind: 'guard'; readonly guard: string }
  | { readonly kind: 'missed' }

/** Something that people may want to be notified of. */
export interface SyncEvent {
  readonly event: EventName
  /** What is amiss: kept until things are good again, so that it is not notified twice. Undefined where they are good. */
  readonly incident?: string
}

/**
 * What an execution's end is to be notified as. `incidents`: those that were notified since the last good execution. The
 * first good one after them is `recovered`; the same incident is notified once.
 */
export function eventsOf(end: ExecutionEnd, incidents: readonly string[], problemsOver: number): readonly SyncEvent[] {
  const found = incidentOf(end, problemsOver)
  if (found === undefined) {
    return [...(incidents.length > 0 ? [{ event: 'recovered' } as const] : []), { event: 'finished' }]
  }
  return incidents.includes(found.incident) ? [] : [found]
}

/** Undefined where the execution was good. */
export function incidentOf(end: ExecutionEnd, problemsOver: number): Required<SyncEvent> | undefined {
  switch (end.kind) {
    case 'finished':
      return end.problems > problemsOver * end.rows ? { event: 'problems', incident: 'problems' } : undefined
    case 'halted':
      return { event: 'halted', incident: `halted ${end.reason}` }
    case 'guard':
      return { event: 'guard', incident: `guard ${end.guard}` }
    case 'missed':
      return { event: 'missed', incident: 'missed' }
  }
}
