import type { Sync } from '../../sync/load-sync.ts'
import { addExecution } from '../../sync/executions.ts'
import { completeTime, timeState } from '../../sync/due-times.ts'
import { type Store, openStore } from '../../sync/store.ts'
import { missedTimes } from '../../sync/times.ts'
import type { Environment } from '../environment.ts'
import { type ExecutionContext, newExecution } from './execution-context.ts'
import { recordTrouble } from './record-trouble.ts'

/** A time that was skipped stands in the history. Where the other process is busy writing there, it is left out. */
export function noteOverlap(sync: Sync, due: number, { home, now }: Environment): void {
  const store = openStore(home, sync.name)
  try {
    passOver(store, { due, now: now(), outcome: 'skipped', reason: 'Another process was at work on it.' })
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('locked'))) throw error
  } finally {
    store.close()
  }
}

/** Records that nothing was done at a time, unless somebody took it up. */
export function passOver(
  store: Store,
  { due, now, outcome, reason }: { due: number; now: number; outcome: 'skipped' | 'paused'; reason: string },
): void {
  store.transaction(() => {
    if (timeState(store, due) !== undefined) return
    completeTime(store, due, outcome)
    addExecution(store, { due, startedAt: now, endedAt: now, outcome, reason })
  })
}

/** How a time stands: `begun`, or how it ended; undefined where nobody took it up. */
export function timeStateIn(home: string, sync: Sync, due: number): string | undefined {
  const store = openStore(home, sync.name)
  try {
    return timeState(store, due)
  } finally {
    store.close()
  }
}

/** Tells of times that nobody was there for; true where the sync is not to run late. */
export function isMissed(due: number, context: ExecutionContext): boolean {
  const { sync, store, environment } = context
  if (sync.schedule === undefined) return false
  const missed = missedTimes(sync.schedule, due, environment.now())
  const [first] = missed.filter((time) => time === due || timeState(store, time) === undefined)
  if (first === undefined || store.fact('missed') === String(due)) return missed.length > 0 && sync.missed === 'skip'
  const times = missed.map((time) => new Date(time).toISOString().slice(0, 16).replace('T', ' '))
  const reason = `No scheduler was at work at ${times.slice(0, 3).join(', ')}${times.length > 3 ? ` and ${times.length - 3} more times` : ''} (UTC).`
  const next = sync.missed === 'skip' ? 'It runs again at the next time.' : 'It runs now, once.'
  recordTrouble({ ...newExecution(context), outcome: 'missed', reason }, { kind: 'missed' }, next, context)
  store.setFact('missed', String(due))
  for (const time of missed) if (time !== due) completeTime(store, time, 'missed')
  return sync.missed === 'skip'
}
