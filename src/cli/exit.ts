import { countRejects } from '../ledger/rejects.ts'
import type { Status } from '../model.ts'
import type { State } from '../run/run-record.ts'

/** Exit statuses that scripts rely on. */
export const EXIT = { ok: 0, fault: 1, usage: 2, problems: 3, stopped: 4 } as const

export function exitStatus(state: State, statuses: Readonly<Record<Status, number>>): number {
  if (state === 'cancelled') return EXIT.fault
  if (state !== 'finished') return EXIT.stopped
  return countRejects(statuses) > 0 ? EXIT.problems : EXIT.ok
}
