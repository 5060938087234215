import type { Notification } from '../../notify/notification.ts'
import { type ExecutionEnd, eventsOf, incidentOf } from '../../sync/sync-events.ts'
import { type Execution, addExecution } from '../../sync/executions.ts'
import { addToOutbox, openIncidents } from '../../sync/outbox.ts'
import type { ExecutionContext, ExecutionResult } from './execution-context.ts'
import { plainNotification } from './sync-notification.ts'

/** Records that there is trouble without a run, and puts its notifications into the outbox. */
export function recordTrouble(
  execution: Omit<Execution, 'id'>,
  end: ExecutionEnd,
  next: string,
  context: ExecutionContext,
): ExecutionResult {
  const { store, environment, sync } = context
  return store.transaction(() => {
    const noted = { ...execution, endedAt: environment.now() }
    const id = addExecution(store, noted)
    enqueue(end, plainNotification(sync.name, { ...noted, id }, { next, environment }), context)
    return { execution: { ...noted, id }, ...(next !== '' && { next }) }
  })
}

/** What an end is to be notified as goes into the outbox, in the transaction that the caller has open. */
export function enqueue(
  end: ExecutionEnd,
  notification: Notification,
  { store, sync, environment }: ExecutionContext,
): void {
  const good = incidentOf(end, sync.problemsOver) === undefined
  const events = eventsOf(end, openIncidents(store), sync.problemsOver)
  const heartbeat = sync.heartbeat === undefined ? [] : [{ kind: 'heartbeat', address: sync.heartbeat } as const]
  const channels = [...sync.channels, ...heartbeat]
  addToOutbox(store, { events, notification, channels, good, now: environment.now() })
}
