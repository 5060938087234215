import type { StatementSync } from 'node:sqlite'
import { laneNamed } from '../lanes/lanes.ts'
import type { LanePart } from '../lanes/lane-plan.ts'
import type { LaneName, SourceRow } from '../model.ts'
import type { CompiledPlan } from '../plan/compile-plan.ts'
import { type ColumnLookalike, ColumnLookalikes } from '../plan/column-lookalikes.ts'
import { asksText, parseAsks } from './asks.ts'
import { type DecideOptions, type Remembered, STEP, type SyncedLane, decide } from './decide.ts'
import { asFreed, freedRepeats } from './free-repeats.ts'
import type { Store } from './store.ts'

/** What a file is beside what is remembered. Counts are rows, but for `gone`, which are members. */
export interface Survey {
  readonly rows: number
  readonly new: number
  readonly changed: number
  readonly unchanged: number
  /** Rows that the plan cannot send, or that ask for nothing: they are not remembered. */
  readonly invalid: number
  readonly gone: number
  /** Rows of which something will be sent. */
  readonly sends: number
  /** Rows of members who are remembered of whom something will be sent, by lane. Absent in what an older rollcall surveyed. */
  readonly changes?: Readonly<Record<LaneName, number>>
  readonly columns: readonly string[] | undefined
  /** By column that the plan names, rows by words in it that look like nothing. Absent in what an older rollcall surveyed. */
  readonly lookalikes?: Readonly<Record<string, Readonly<Record<string, number>>>>
  /** When the file was last written, in milliseconds since the epoch. Absent where that is not known, or is a time to come. */
  readonly modifiedAt?: number
}

export interface SurveyOptions {
  readonly columns: readonly string[] | undefined
  /** Texts that the plan names as empty. */
  readonly empty: readonly string[]
  readonly retryRejected: 'changed' | 'always'
  /** Of a file that holds changes alone, nobody is gone. */
  readonly holds: 'everyone' | 'changes'
  /** What the plan says of each lane. */
  readonly parts: Readonly<Record<LaneName, LanePart>>
}

const ROWS_A_TURN = 2_000

/**
 * Reads a file once, compares each row with what is remembered, and keeps in the table `staged_rows` what is done with it.
 * To be called within a transaction that is rolled back where nothing comes of it.
 */
export async function surveyFile(
  store: Store,
  rows: AsyncIterable<readonly SourceRow[]>,
  plan: CompiledPlan,
  { columns, empty, retryRejected, holds, parts }: SurveyOptions,
): Promise<Survey> {
  const { db } = store
  db.exec('DROP INDEX IF EXISTS staged_rows_key; DELETE FROM staged_rows')
  const read = db.prepare('SELECT asks, states FROM members WHERE key = ?')
  read.setReturnArrays(true)
  const write = db.prepare('INSERT INTO staged_rows VALUES (?, ?, ?, ?, ?)')
  const counts = { rows: 0, new: 0, changed: 0, unchanged: 0, invalid: 0, sends: 0 }
  const options = { retryRejected, laneNamed: (name: LaneName) => syncedLane(name, parts) }
  const lookalikes = new ColumnLookalikes(columns, plan.columnsUsed, empty)
  const changes: Record<LaneName, number> = {}
  let repeats = 0
  for await (const chunk of rows) {
    for (const row of chunk) {
      counts.rows++
      if (counts.rows % ROWS_A_TURN === 0) await new Promise(setImmediate)
      lookalikes.see(row.input)
      const rendered = plan.render(row)
      if (rendered.kind !== 'requests') {
        counts.invalid++
        // Its member has not gone, whatever the row is like now.
        const key = rendered.key === `row ${row.row}` ? '' : rendered.key
        write.run(row.row, key, '', '', 0)
        continue
      }
      const asks = asksText(rendered.requests)
      const { change, steps } = decide(readKnown(read, rendered.key), asks, options)
      counts[change]++
      const sends = steps.includes(STEP.send)
      if (sends) counts.sends++
      if (sends && change === 'changed') countLanes(asks, steps, changes)
      if (steps.includes(STEP.repeated)) repeats++
      write.run(row.row, rendered.key, asks, steps, sends || change !== 'unchanged' ? 1 : 0)
    }
  }
  db.exec('CREATE INDEX staged_rows_key ON staged_rows (key)')
  if (repeats > 0) counts.sends += sendFreed(store, read, options)
  const gone =
    holds === 'changes' ? 0 : Number(db.prepare(`SELECT count(*) AS n FROM (${GONE_KEYS})`).get()?.['n'] ?? 0)
  // What was cached for it would lie about through the import, which needs memory of its own.
  db.exec('PRAGMA shrink_memory')
  return { ...counts, changes, gone, columns, lookalikes: byColumn(lookalikes.all()) }
}

function countLanes(asks: string, steps: string, counts: Record<LaneName, number>): void {
  for (const [at, { lane }] of parseAsks(asks).entries()) {
    if (steps.charAt(at) === STEP.send) counts[lane] = (counts[lane] ?? 0) + 1
  }
}

function byColumn(found: readonly ColumnLookalike[]): Survey['lookalikes'] {
  const columns: Record<string, Record<string, number>> = {}
  for (const { column, text, rows } of found) (columns[column] ??= {})[text] = rows
  return columns
}

/** A lane as a sync has it under a plan that may have it change members who are there. */
function syncedLane(name: LaneName, parts: SurveyOptions['parts']): SyncedLane {
  const lane = laneNamed(name)
  const part = parts[name]
  if (part === undefined || lane.sync?.changes?.(part) !== true) return lane
  return { ...lane, sync: { ...lane.sync, cannotChange: undefined } }
}

/** Decides anew on rows that repeat no other any more. Gives how many of them are sent. */
function sendFreed(store: Store, read: StatementSync, options: DecideOptions): number {
  const write = store.db.prepare('UPDATE staged_rows SET steps = ?, settles = 1 WHERE row = ?')
  let sends = 0
  for (const { row, key, asks } of freedRepeats(store)) {
    const { steps } = decide(asFreed(readKnown(read, key)), asks, options)
    if (steps.includes(STEP.send)) sends++
    write.run(steps, row)
  }
  return sends
}

/** The keys that are remembered as present, and that this execution's file does not have. */
export const GONE_KEYS = `SELECT DISTINCT key FROM members m WHERE gone IS NULL
  AND NOT EXISTS (SELECT 1 FROM staged_rows t WHERE t.key = m.key)`

function readKnown(read: StatementSync, key: string): readonly Remembered[] {
  // The typings of node:sqlite know objects alone, whatever setReturnArrays says.
  return (read.all(key) as unknown as [string, string][]).map(([asks, states]) => ({ asks, states }))
}
