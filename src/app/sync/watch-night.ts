import { type Execution, latestExecutions } from '../../sync/executions.ts'
import { addToOutbox } from '../../sync/outbox.ts'
import {
  type Delay,
  type Headway,
  type Night,
  delaysOf,
  PACE_OVER_MS,
  describeHeadway,
  doneAt,
  nextTimeOfDay,
  usualMs,
} from '../../sync/punctuality.ts'
import type { AppEvent } from '../events.ts'
import { consoleLine } from '../notify/console-address.ts'
import type { ExecutionContext } from './execution-context.ts'
import { sendNotifications } from './send-notifications.ts'

const LOOK_EVERY_MS = 10_000
const SHOWN_EXECUTIONS = 60

/** An execution's context, in which somebody looks at the clock while its run is under way. */
export interface WatchedNight {
  readonly context: ExecutionContext
  /** Resolves when all that was said meanwhile is on its way. */
  readonly told: () => Promise<void>
}

/**
 * Has people told, once an execution, when its run will be later than `be_done_by`, or takes more than twice the usual
 * time: while it is under way, so that somebody can do something about it. `clock`: milliseconds, and only goes forward.
 */
export function watchNight(
  execution: Execution,
  context: ExecutionContext,
  clock: () => number = () => performance.now(),
): WatchedNight {
  const { environment, store } = context
  const night = nightOf(execution, context)
  const headway: Headway[] = []
  // What was over before, of a night that goes on, the wall clock alone knows.
  const [tookBefore, beganAt] = [Math.max(environment.now() - execution.startedAt, 0), clock()]
  let sending = Promise.resolve()

  function look(event: Extract<AppEvent, { kind: 'progress' }>): void {
    const { last, rowsInAll, counts } = event
    // Not the event's own time: a wall clock that is put back would have nobody look for as long.
    const at = clock()
    if (!last && at - (headway.at(-1)?.at ?? -Infinity) < LOOK_EVERY_MS) return
    headway.push({ at, done: counts.rows - counts.open, inAll: rowsInAll })
    while (at - (headway[0]?.at ?? at) > PACE_OVER_MS) headway.shift()
    const now = environment.now()
    const done = doneAt(headway)
    // Spans are by one clock and nights by another: what is left counts from now.
    const expected = done === undefined ? undefined : now + (done - at)
    const news = delaysOf(night, { now, expected, tookMs: tookBefore + at - beganAt }).filter(
      ({ event: name }) => !isTold(execution, name, context),
    )
    if (news.length === 0) return
    for (const delay of news) enqueueDelay(delay, { run: event.run, execution, headway: headway.at(-1) }, context)
    sending = sending.then(() => sendNotifications(store, context)).catch(() => {})
  }

  return {
    context: {
      ...context,
      on(event) {
        context.on(event)
        if (event.kind === 'progress') look(event)
      },
    },
    told: () => sending,
  }
}

function nightOf({ due, startedAt }: Execution, { sync, store }: ExecutionContext): Night {
  const { beDoneBy, schedule } = sync
  const zone = schedule?.zone ?? Temporal.Now.timeZoneId()
  return {
    beDoneBy,
    deadline: beDoneBy === undefined ? undefined : nextTimeOfDay(beDoneBy, zone, due ?? startedAt),
    usualMs: usualMs(latestExecutions(store, SHOWN_EXECUTIONS)),
  }
}

function isTold({ id }: Execution, event: string, { store }: ExecutionContext): boolean {
  return store.fact(`told ${event}`) === String(id)
}

function enqueueDelay(
  { event, reason }: Delay,
  { run, execution, headway }: { run: string; execution: Execution; headway: Headway | undefined },
  { store, sync, environment }: ExecutionContext,
): void {
  store.transaction(() => {
    store.setFact(`told ${event}`, String(execution.id))
    addToOutbox(store, {
      events: [{ event }],
      notification: {
        id: `${sync.name}-${execution.id}`,
        event,
        title: `${sync.name}: ${event === 'late' ? 'will be late.' : 'is slow tonight.'}`,
        lines: [
          reason,
          ...(headway === undefined ? [] : [describeHeadway(headway)]),
          ...consoleLine(environment.consoleUrl, ['runs', run]),
        ],
        data: { sync: sync.name, run, file: execution.file, reason, done: headway?.done, rows: headway?.inAll },
      },
      channels: sync.channels,
      good: false,
      now: environment.now(),
    })
  })
}
