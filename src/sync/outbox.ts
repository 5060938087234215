import type { Notification } from '../notify/notification.ts'
import type { Channel } from './load-sync.ts'
import type { Store } from './store.ts'
import type { SyncEvent } from './sync-events.ts'

/** Where a notification goes: a channel of the sync's file, or its heartbeat. */
export type OutboxChannel = Channel | { readonly kind: 'heartbeat'; readonly address: string }

export interface OutboxEntry {
  readonly id: number
  readonly channel: OutboxChannel
  readonly notification: Notification
}

/** What an execution that has ended puts into the outbox. */
export interface OutboxPost {
  readonly events: readonly SyncEvent[]
  readonly notification: Notification
  readonly channels: readonly OutboxChannel[]
  /** Whether the execution was good. */
  readonly good: boolean
  readonly now: number
}

const EXPIRES_MS = { notification: 3 * 86_400_000, heartbeat: 3_600_000 }

/** The incidents that were notified since the last good execution. */
export function openIncidents(store: Store): readonly string[] {
  return store.db
    .prepare('SELECT incident FROM incidents')
    .all()
    .map(({ incident }) => String(incident))
}

/**
 * Keeps the incidents, and puts the notification into the outbox: one line a channel. To be called in the transaction
 * that ends the execution, so that each is sent once, whatever happens in between.
 */
export function addToOutbox({ db }: Store, { events, notification, channels, good, now }: OutboxPost): void {
  if (good) db.exec('DELETE FROM incidents')
  const open = db.prepare('INSERT INTO incidents VALUES (?) ON CONFLICT DO NOTHING')
  for (const { incident } of events) if (incident !== undefined) open.run(incident)
  const add = db.prepare('INSERT INTO outbox (channel, notification, expires_at) VALUES (?, ?, ?)')
  for (const channel of channels) {
    if (channel.kind === 'heartbeat') {
      if (good) add.run(JSON.stringify(channel), JSON.stringify(notification), now + EXPIRES_MS.heartbeat)
      continue
    }
    // One execution is one message, though it be both finished and recovered: the rarer word is said.
    const event = events.find((each) => channel.on.includes(each.event))
    if (event === undefined) continue
    const message = JSON.stringify(messageOf(notification, event))
    add.run(JSON.stringify(channel), message, now + EXPIRES_MS.notification)
  }
}

function messageOf(notification: Notification, { event }: SyncEvent): Notification {
  const lines = event === 'recovered' ? [RECOVERED, ...notification.lines] : notification.lines
  return { ...notification, id: `${notification.id}-${event}`, event, lines }
}

/** People hear of an execution that finished by its verdict alone, and should know why they do. */
const RECOVERED = 'Recovered: the first good night since there was trouble.'

/** What is still to be sent. What nobody took for days is dropped: it is no news any more. */
export function pendingNotifications({ db }: Store, now: number): readonly OutboxEntry[] {
  db.prepare('DELETE FROM outbox WHERE expires_at < ?').run(now)
  return db
    .prepare('SELECT id, channel, notification FROM outbox ORDER BY id')
    .all()
    .map(({ id, channel, notification }) => ({
      id: Number(id),
      channel: JSON.parse(String(channel)) as OutboxChannel,
      notification: JSON.parse(String(notification)) as Notification,
    }))
}

/** It was sent. */
export function removeFromOutbox({ db }: Store, id: number): void {
  db.prepare('DELETE FROM outbox WHERE id = ?').run(id)
}
