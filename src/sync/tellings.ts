import type { Channel } from './load-sync.ts'
import type { News } from './news.ts'
import type { Store } from './store.ts'

/** What is told, in the form that `src/notify` takes. */
export interface Told {
  readonly id: string
  readonly event: string
  readonly title: string
  readonly lines: readonly string[]
  readonly data: Readonly<Record<string, unknown>>
}

/** Where something is told: a channel of the sync's file, or its heartbeat. */
export type Way = Channel | { readonly kind: 'heartbeat'; readonly address: string }

export interface Telling {
  readonly id: number
  readonly way: Way
  readonly told: Told
}

const EXPIRES_MS = { notice: 3 * 86_400_000, heartbeat: 3_600_000 }

/** What was told of the bad nights since the last good one. */
export function toldSince(store: Store): readonly string[] {
  return store.db
    .prepare('SELECT told FROM standing')
    .all()
    .map(({ told }) => String(told))
}

/**
 * Keeps news as told, and puts them into the book of what is to be told: one line a channel. To be called in the
 * transaction that ends the night, so that each is told once, whatever happens in between.
 */
export function noteNews(
  store: Store,
  {
    news,
    told,
    ways,
    good,
    now,
  }: { news: readonly News[]; told: Told; ways: readonly Way[]; good: boolean; now: number },
): void {
  const { db } = store
  if (good) db.exec('DELETE FROM standing')
  const stand = db.prepare('INSERT INTO standing VALUES (?) ON CONFLICT DO NOTHING')
  for (const { standing } of news) if (standing !== undefined) stand.run(standing)
  const add = db.prepare('INSERT INTO tellings (channel, notice, expires_at) VALUES (?, ?, ?)')
  for (const way of ways) {
    if (way.kind === 'heartbeat') {
      if (good) add.run(JSON.stringify(way), JSON.stringify(told), now + EXPIRES_MS.heartbeat)
      continue
    }
    // One night is one message, though it be both finished and recovered: the rarer word is said.
    const said = news.find(({ event }) => way.on.includes(event))
    if (said === undefined) continue
    const lines = said.event === 'recovered' ? [RECOVERED, ...told.lines] : told.lines
    const notice = { ...told, id: `${told.id}-${said.event}`, event: said.event, lines }
    add.run(JSON.stringify(way), JSON.stringify(notice), now + EXPIRES_MS.notice)
  }
}

/** People are told a night that finished by its verdict alone, and should know why they are told. */
const RECOVERED = 'Recovered: the first good night since there was trouble.'

/** What is still to be told. What nobody took for days is dropped: it is no news. */
export function openTellings(store: Store, now: number): readonly Telling[] {
  store.db.prepare('DELETE FROM tellings WHERE expires_at < ?').run(now)
  return store.db
    .prepare('SELECT id, channel, notice FROM tellings ORDER BY id')
    .all()
    .map(({ id, channel, notice }) => ({
      id: Number(id),
      way: JSON.parse(String(channel)) as Way,
      told: JSON.parse(String(notice)) as Told,
    }))
}

/** It was told. */
export function strikeTelling(store: Store, id: number): void {
  store.db.prepare('DELETE FROM tellings WHERE id = ?').run(id)
}
