import type { SQLInputValue } from 'node:sqlite'
import type { LastGood } from './guards.ts'
import type { Store } from './store.ts'
import type { Survey } from './survey.ts'

/** What became of one file, or of one time without one. Times are milliseconds since the epoch. */
export interface Night {
  readonly id: number
  /** When it was due, where a scheduler called it. */
  readonly due?: number
  readonly startedAt: number
  /** Undefined while it is under way. */
  readonly endedAt?: number
  /** The name of its file in the inbox. */
  readonly file?: string
  readonly sha256?: string
  readonly run?: string
  /** `finished`, `cancelled`, `halted`, `guard`, `missed`, `skipped`, or how a run under way stands. */
  readonly outcome?: string
  readonly reason?: string
  readonly survey?: Survey
  /** Rows rejected, failed or invalid. */
  readonly problems?: number
  /** Where its file was put. */
  readonly archived?: string
}

const COLUMNS = 'id, due, started_at, ended_at, file, sha256, run, outcome, reason, survey, problems, archived'

/** Begins a night, or notes one that is over already. Gives its number. */
export function addNight(store: Store, night: Omit<Night, 'id'>): number {
  const values = valuesOf(night)
  const { lastInsertRowid } = store.db
    .prepare(`INSERT INTO nights (${COLUMNS}) VALUES (NULL, ${values.map(() => '?').join(', ')})`)
    .run(...values)
  return Number(lastInsertRowid)
}

/** Writes what is known of a night now. */
export function saveNight(store: Store, night: Night): void {
  const names = COLUMNS.split(', ').slice(1)
  store.db
    .prepare(`UPDATE nights SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`)
    .run(...valuesOf(night), night.id)
}

/** The night that was begun and not ended. */
export function openNight(store: Store): Night | undefined {
  return readNights(store, 'WHERE ended_at IS NULL ORDER BY id DESC LIMIT 1')[0]
}

/** The latest nights, the last one first. */
export function latestNights(store: Store, limit: number): readonly Night[] {
  return readNights(store, 'ORDER BY id DESC LIMIT ?', limit)
}

/** The latest night of that file (of any file, unless one is given) behind the night `after`. */
export function nightOf(store: Store, file?: string, after = 0): Night | undefined {
  return file === undefined
    ? readNights(store, 'WHERE id > ? ORDER BY id DESC LIMIT 1', after)[0]
    : readNights(store, 'WHERE file = ? AND id > ? ORDER BY id DESC LIMIT 1', file, after)[0]
}

/** The nights whose runs are over, behind the night `after`, in order. */
export function endedRuns(store: Store, after: number): readonly Night[] {
  return readNights(store, 'WHERE id > ? AND run IS NOT NULL AND ended_at IS NOT NULL ORDER BY id', after)
}

/** The last night whose run finished. */
export function lastGood(store: Store): LastGood | undefined {
  const [night] = readNights(store, "WHERE outcome = 'finished' AND survey IS NOT NULL ORDER BY id DESC LIMIT 1")
  return night?.survey === undefined ? undefined : { run: night.run ?? '', survey: night.survey }
}

/** The run that imported this very content. One without rows was nothing to import: files without are all alike. */
export function importedBy(store: Store, sha256: string): string | undefined {
  const [night] = readNights(store, "WHERE sha256 = ? AND outcome = 'finished' ORDER BY id DESC LIMIT 1", sha256)
  return night?.survey?.rows === 0 ? undefined : night?.run
}

/** Whether a guard tripped over this very content, and nobody has said yet that it may go on. */
export function wasHeld(store: Store, sha256: string): Night | undefined {
  const [night] = readNights(store, 'WHERE sha256 = ? ORDER BY id DESC LIMIT 1', sha256)
  return night?.outcome === 'guard' ? night : undefined
}

/** The latest time that was taken up. */
export function lastTime(store: Store): number | undefined {
  const last = store.db.prepare('SELECT max(due) AS due FROM times').get()?.['due']
  return typeof last === 'number' ? last : undefined
}

/** Notes that a time was taken up; false where that was done before, and is done with. */
export function takeTime(store: Store, due: number): boolean {
  store.db.prepare("INSERT INTO times VALUES (?, 'begun') ON CONFLICT DO NOTHING").run(due)
  return timeState(store, due) === 'begun'
}

/** How a time stands: `begun`, or how it ended; undefined where nobody took it up. */
export function timeState(store: Store, due: number): string | undefined {
  return store.db.prepare('SELECT state FROM times WHERE due = ?').get(due)?.['state'] as string | undefined
}

/** Whether a time that stands so was taken up and is done with. */
export function isPast(state: string | undefined): boolean {
  return state !== undefined && state !== 'begun'
}

export function closeTime(store: Store, due: number, state: string): void {
  store.db.prepare('INSERT INTO times VALUES (?, ?) ON CONFLICT DO UPDATE SET state = excluded.state').run(due, state)
}

function readNights(store: Store, where: string, ...parameters: SQLInputValue[]): readonly Night[] {
  return store.db
    .prepare(`SELECT ${COLUMNS} FROM nights ${where}`)
    .all(...parameters)
    .map((row) => toNight(row as NightTuple))
}

type NightTuple = Readonly<Record<string, string | number | null>>

function toNight(row: NightTuple): Night {
  const text = (name: string) => (row[name] === null ? undefined : String(row[name]))
  const number = (name: string) => (row[name] === null ? undefined : Number(row[name]))
  const survey = text('survey')
  return {
    id: Number(row['id']),
    due: number('due'),
    startedAt: Number(row['started_at']),
    endedAt: number('ended_at'),
    file: text('file'),
    sha256: text('sha256'),
    run: text('run'),
    outcome: text('outcome'),
    reason: text('reason'),
    survey: survey === undefined ? undefined : (JSON.parse(survey) as Survey),
    problems: number('problems'),
    archived: text('archived'),
  }
}

function valuesOf(night: Omit<Night, 'id'>): SQLInputValue[] {
  const { due, startedAt, endedAt, file, sha256, run, outcome, reason, survey, problems, archived } = night
  return [
    due,
    startedAt,
    endedAt,
    file,
    sha256,
    run,
    outcome,
    reason,
    survey && JSON.stringify(survey),
    problems,
    archived,
  ].map((value) => value ?? null)
}
