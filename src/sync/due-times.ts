import type { Store } from './store.ts'

/** The latest time that was taken up. */
export function lastClaimedTime(store: Store): number | undefined {
  const last = store.db.prepare('SELECT max(due) AS due FROM due_times').get()?.['due']
  return typeof last === 'number' ? last : undefined
}

/** Notes that a time was taken up; false where that was done before, and is done with. */
export function claimTime(store: Store, due: number): boolean {
  store.db.prepare("INSERT INTO due_times VALUES (?, 'begun') ON CONFLICT DO NOTHING").run(due)
  return timeState(store, due) === 'begun'
}

/** How a time stands: `begun`, or how it ended; undefined where nobody took it up. */
export function timeState(store: Store, due: number): string | undefined {
  return store.db.prepare('SELECT state FROM due_times WHERE due = ?').get(due)?.['state'] as string | undefined
}

/** Whether a time that stands so was taken up and is done with. */
export function isCompleted(state: string | undefined): boolean {
  return state !== undefined && state !== 'begun'
}

export function completeTime(store: Store, due: number, state: string): void {
  store.db
    .prepare('INSERT INTO due_times VALUES (?, ?) ON CONFLICT DO UPDATE SET state = excluded.state')
    .run(due, state)
}
