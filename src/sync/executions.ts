import type { SQLInputValue } from 'node:sqlite'
import type { LastGood } from './guards.ts'
import type { Store } from './store.ts'
import type { Survey } from './survey.ts'

/** What became of one file, or of one time without one. Times are milliseconds since the epoch. */
export interface Execution {
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
  /** `finished`, `cancelled`, `halted`, `guard`, `missed`, `skipped`, `paused`, or how a run under way stands. */
  readonly outcome?: string
  readonly reason?: string
  readonly survey?: Survey
  /** Rows rejected, failed or invalid. */
  readonly problems?: number
  /** Where its file was put. */
  readonly archived?: string
}

const COLUMNS = 'id, due, started_at, ended_at, file, sha256, run, outcome, reason, survey, problems, archived'

/** Begins an execution, or notes one that is over already. Gives its number. */
export function addExecution(store: Store, execution: Omit<Execution, 'id'>): number {
  const values = valuesOf(execution)
  const { lastInsertRowid } = store.db
    .prepare(`INSERT INTO executions (${COLUMNS}) VALUES (NULL, ${values.map(() => '?').join(', ')})`)
    .run(...values)
  return Number(lastInsertRowid)
}

/** Writes what is known of an execution now. */
export function saveExecution(store: Store, execution: Execution): void {
  const names = COLUMNS.split(', ').slice(1)
  store.db
    .prepare(`UPDATE executions SET ${names.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`)
    .run(...valuesOf(execution), execution.id)
}

/** The execution that was begun and not ended. */
export function unfinishedExecution(store: Store): Execution | undefined {
  return readExecutions(store, 'WHERE ended_at IS NULL ORDER BY id DESC LIMIT 1')[0]
}

/** The latest executions, the last one first. */
export function latestExecutions(store: Store, limit: number): readonly Execution[] {
  return readExecutions(store, 'ORDER BY id DESC LIMIT ?', limit)
}

/** The latest execution but for times that a pause passed over. */
export function lastBegun(store: Store): Execution | undefined {
  return readExecutions(store, "WHERE outcome IS NOT 'paused' ORDER BY id DESC LIMIT 1")[0]
}

/** The latest execution of that file (of any file, unless one is given) behind the execution `after`. */
export function latestExecutionOf(store: Store, file?: string, after = 0): Execution | undefined {
  return file === undefined
    ? readExecutions(store, 'WHERE id > ? ORDER BY id DESC LIMIT 1', after)[0]
    : readExecutions(store, 'WHERE file = ? AND id > ? ORDER BY id DESC LIMIT 1', file, after)[0]
}

/** The executions whose runs are over, behind the execution `after`, in order. */
export function endedRuns(store: Store, after: number): readonly Execution[] {
  return readExecutions(store, 'WHERE id > ? AND run IS NOT NULL AND ended_at IS NOT NULL ORDER BY id', after)
}

/**
 * The last execution whose run finished, and in which not every row was rejected, failed or invalid: what then became of
 * the rows says nothing of the files to come.
 */
export function lastGood(store: Store): LastGood | undefined {
  const finished = "WHERE outcome = 'finished' AND survey IS NOT NULL"
  const someDone = "(coalesce(problems, 0) = 0 OR problems < json_extract(survey, '$.rows'))"
  const [latest] = readExecutions(store, `${finished} ORDER BY id DESC LIMIT 1`)
  const [good] = readExecutions(store, `${finished} AND ${someDone} ORDER BY id DESC LIMIT 1`)
  if (good?.survey === undefined) return undefined
  return { run: good.run ?? '', survey: good.survey, isLatest: good.id === latest?.id }
}

/** The files that were imported, the last one first. */
export function latestImports(store: Store, limit: number): readonly Execution[] {
  return readExecutions(store, "WHERE outcome = 'finished' AND file IS NOT NULL ORDER BY id DESC LIMIT ?", limit)
}

/** The run that imported this very content. One without rows was nothing to import: files without are all alike. */
export function importedBy(store: Store, sha256: string): string | undefined {
  const [execution] = readExecutions(
    store,
    "WHERE sha256 = ? AND outcome = 'finished' ORDER BY id DESC LIMIT 1",
    sha256,
  )
  return execution?.survey?.rows === 0 ? undefined : execution?.run
}

/** Whether a guard tripped over this very content, and nobody has said yet that it may go on. */
export function wasHeld(store: Store, sha256: string): Execution | undefined {
  const [execution] = readExecutions(store, 'WHERE sha256 = ? ORDER BY id DESC LIMIT 1', sha256)
  return execution?.outcome === 'guard' ? execution : undefined
}

function readExecutions(store: Store, where: string, ...parameters: SQLInputValue[]): readonly Execution[] {
  return store.db
    .prepare(`SELECT ${COLUMNS} FROM executions ${where}`)
    .all(...parameters)
    .map((row) => toExecution(row as ExecutionTuple))
}

type ExecutionTuple = Readonly<Record<string, string | number | null>>

function toExecution(row: ExecutionTuple): Execution {
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

function valuesOf(execution: Omit<Execution, 'id'>): SQLInputValue[] {
  const { due, startedAt, endedAt, file, sha256, run, outcome, reason, survey, problems, archived } = execution
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
