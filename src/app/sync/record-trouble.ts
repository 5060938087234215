import { type NightEnd, newsOf, troubleOf } from '../../sync/news.ts'
import { type Night, addNight } from '../../sync/nights.ts'
import { type Told, noteNews, toldSince } from '../../sync/tellings.ts'
import type { ExecutionContext, ExecutionResult } from './execution-context.ts'
import { plainNotice } from './sync-notice.ts'

/** Records that there is trouble without a run, and puts its notifications into the outbox. */
export function recordTrouble(
  night: Omit<Night, 'id'>,
  end: NightEnd,
  next: string,
  context: ExecutionContext,
): ExecutionResult {
  const { store, environment, sync } = context
  return store.transaction(() => {
    const noted = { ...night, endedAt: environment.now() }
    const id = addNight(store, noted)
    enqueue(end, plainNotice(sync.name, { ...noted, id }, next), context)
    return { night: { ...noted, id } }
  })
}

/** What is told of an end goes into the outbox, in the transaction that the caller has open. */
export function enqueue(end: NightEnd, told: Told, { store, sync, environment }: ExecutionContext): void {
  const good = troubleOf(end, sync.problemsOver) === undefined
  const news = newsOf(end, toldSince(store), sync.problemsOver)
  const heartbeat = sync.heartbeat === undefined ? [] : [{ kind: 'heartbeat', address: sync.heartbeat } as const]
  noteNews(store, { news, told, ways: [...sync.tell, ...heartbeat], good, now: environment.now() })
}
