import type { SessionEnd } from '../app/session/session-end.ts'
import type { SyncEnd } from '../app/sync/sync-end.ts'

/** Exit statuses that scripts rely on. */
export const EXIT = { ok: 0, fault: 1, usage: 2, problems: 3, stopped: 4 } as const

export function exitStatus({ record: { state }, rejects }: Pick<SessionEnd, 'record' | 'rejects'>): number {
  if (state === 'cancelled') return EXIT.fault
  if (state !== 'finished') return EXIT.stopped
  return rejects > 0 ? EXIT.problems : EXIT.ok
}

/** The worst of a sync's executions. */
export function syncExitStatus({ state, executions }: SyncEnd): number {
  if ((state === 'stopped' || state === 'paused') && executions.length === 0) return EXIT.stopped
  const exits = executions
    .filter(({ execution }) => execution.outcome !== 'superseded')
    .map(({ execution, end }) => (end === undefined || execution.outcome === 'guard' ? EXIT.stopped : exitStatus(end)))
  const worst = [EXIT.stopped, EXIT.fault, EXIT.problems].find((status) => exits.includes(status))
  return worst ?? EXIT.ok
}
