import type { DatabaseSync } from 'node:sqlite'

import type { Input, LaneName, Outcome, Status } from '../model.ts'
import type { LedgerWrite, RowEntry } from './ledger.ts'
import { parseAsks } from './asks.ts'
import { apiShapes, messageShape } from './message-shape.ts'
import { prepareOutcomes } from './write-outcomes.ts'
import { rowStatus } from './row-status.ts'
import { prepareSharedMembers } from './shared-members.ts'
import { type ShapeOf, prepareTally } from './tally.ts'
import { prepareTotals } from './totals.ts'
import { prepareTuples } from './tuples.ts'
import { prepareHistory } from './write-history.ts'

/** Prepares `Ledger.write`: see there. */
export function prepareWrite(db: DatabaseSync): (entries: LedgerWrite) => readonly Outcome[] {
  const begin = db.prepare('BEGIN IMMEDIATE')
  const commit = db.prepare('COMMIT')
  const insertDelivery = db.prepare('INSERT INTO deliveries (id) VALUES (?) ON CONFLICT DO NOTHING')
  const tally = prepareTally(db, prepareShapes(db))
  const { enterRow, assignBatch } = prepareRows(db)
  const { insertOutcome, replaceOutcome, hasOutcome, forgetVerdicts } = prepareOutcomes(db)
  const { claim } = prepareSharedMembers(db, replaceOutcome)
  const { settle, settleAtOnce } = prepareSettle(db)
  const { writeAttempt, writeEvent } = prepareHistory(db)
  const { meta } = prepareTotals(db)

  function enter(row: RowEntry): void {
    if (!enterRow(row)) return
    tally.countRow('open', 1)
    if (row.asks.length === 0 || hasOutcome(row.row)) settleRow(row.row)
  }

  function settleRow(row: number): void {
    const settled = settle(row)
    if (settled === undefined) return
    tally.countRow(settled.before ?? 'open', -1)
    tally.countRow(settled.after, 1)
    if (settled.reason !== undefined) tally.countSkip(row, settled.reason, settled.after === 'skipped' ? 1 : -1)
  }

  /** Rows by their outcomes: mostly the only ones of rows that ask for that lane alone, and alike. */
  function settleAll(outcomes: readonly Outcome[]): void {
    for (const alike of Map.groupBy(outcomes, ({ lane, status }) => `${lane} ${status}`).values()) {
      const [first] = alike
      if (first === undefined) continue
      const { lane, status } = first
      const settled = new Set(settleAtOnce(alike, lane, status))
      tally.countRow('open', -settled.size)
      tally.countRow(status, settled.size)
      if (status === 'skipped') {
        for (const { row, message } of alike) if (message && settled.has(row)) tally.countSkip(row, message, 1)
      }
      if (settled.size === alike.length) continue
      for (const { row } of alike) if (!settled.has(row)) settleRow(row)
    }
  }

  function record(outcomes: readonly Outcome[], fresh: Outcome[]): void {
    const before = fresh.length
    for (const said of outcomes) {
      const { outcome, earlier } = claim(said)
      if (earlier !== undefined) {
        tally.countFirstWarning(earlier)
        settleRow(earlier.row)
      }
      if (!insertOutcome(outcome)) continue
      fresh.push(outcome)
      tally.countCodes(outcome)
      tally.countAnswer(outcome)
    }
    settleAll(fresh.slice(before))
  }

  function writeAll(entries: LedgerWrite): readonly Outcome[] {
    const { rows = [], assign = [], deliveries = [], outcomes = [], events = [], place } = entries
    const fresh: Outcome[] = []
    for (const row of rows) {
      enter(row)
      for (const lane in row.batches) tally.noteBatch(lane, row.batches[lane] ?? 0)
    }
    for (const { row, lane, batch } of assign) {
      assignBatch(row, { [lane]: batch })
      tally.noteBatch(lane, batch)
    }
    for (const delivery of deliveries) {
      if (insertDelivery.run(delivery.id).changes === 0) continue
      record(delivery.outcomes, fresh)
      for (const traffic of delivery.traffic) tally.countTraffic(traffic)
      for (const attempt of delivery.attempts ?? []) writeAttempt(attempt)
    }
    record(outcomes, fresh)
    for (const event of events) writeEvent(event)
    if (place !== undefined) meta.set('place', place)
    tally.flush()
    return fresh
  }

  return (entries) => {
    begin.run()
    try {
      const fresh = writeAll(entries)
      commit.run()
      return fresh
    } catch (error) {
      tally.forget()
      forgetVerdicts()
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }
}

/** What we say of a row ourselves quotes what it repeats; the API may repeat anything of a row anyhow. */
function prepareShapes(db: DatabaseSync): ShapeOf {
  const readInput = prepareTuples<[Input['kind'], string]>(db, 'SELECT kind, input FROM rows WHERE row = ?')
  const shapeOf = apiShapes()
  const inputOf = (row: number): Input | undefined => {
    const [kind, text = ''] = readInput.get(row) ?? []
    if (kind === undefined) return undefined
    return kind === 'cells' ? { kind, cells: JSON.parse(text) } : { kind, value: JSON.parse(text) }
  }
  return (message, { row, attempts }) => (attempts === 0 ? messageShape(message) : shapeOf(message, () => inputOf(row)))
}

/**
 * Spaces behind a row's batches, for its status and for the batches that are still to come: a record that grows has its page
 * split, which would leave the file a fifth larger. In JSON they say nothing, and they go when the status comes.
 */
function roomFor(asks: readonly LaneName[], batches: RowEntry['batches']): string {
  let room = 'ok'.length
  for (const lane of asks) {
    if (batches[lane] === undefined) room += `,"${lane}":`.length + String(Object.values(batches)[0] ?? '').length
  }
  return ' '.repeat(room)
}

function prepareRows(db: DatabaseSync) {
  const insert = db.prepare(
    `INSERT INTO rows (row, line, key, asks, batches, kind, input, raw) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  )
  // The batch that a lane has stands: what is new is the patch's base, and what is there goes over it.
  const addBatches = db.prepare(
    `UPDATE rows SET batches = (
       SELECT printf('%-*s', max(ifnull(length(batches), 0), length(patched)), patched)
       FROM (SELECT json_patch(?, ifnull(batches, '{}')) AS patched)
     ) WHERE row = ?`,
  )

  function assignBatch(row: number, batches: RowEntry['batches']): void {
    const text = JSON.stringify(batches)
    if (text !== '{}') addBatches.run(text, row)
  }

  /** True where the row was new. */
  function enterRow({ row, line, key, input, raw, asks, batches }: RowEntry): boolean {
    const content = JSON.stringify(input.kind === 'cells' ? input.cells : input.value)
    const text = JSON.stringify(batches)
    const batchText = text === '{}' ? null : text + roomFor(asks, batches)
    const { changes } = insert.run(row, line, key, asks.join(','), batchText, input.kind, content, raw ?? null)
    if (changes === 0) assignBatch(row, batches)
    return changes !== 0
  }

  return { enterRow, assignBatch }
}

interface Settled {
  readonly before: Status | null
  readonly after: Status
  /** Why it is skipped, or was before; undefined where it is not, or nothing was said. */
  readonly reason: string | undefined
}

function prepareSettle(db: DatabaseSync) {
  const settleMany = prepareTuples<[number]>(
    db,
    `UPDATE rows SET status = ?1, batches = rtrim(batches)
     WHERE row IN (SELECT value FROM json_each(?2)) AND asks = ?3 AND status IS NULL
     AND NOT EXISTS (SELECT 1 FROM answers WHERE answers.row = rows.row AND lane <> ?3) RETURNING row`,
  )
  const readRow = prepareTuples<[string, Status | null]>(db, 'SELECT asks, status FROM rows WHERE row = ?')
  const readOutcomes = prepareTuples<[LaneName, Status, string | null]>(
    db,
    'SELECT lane, status, message FROM outcomes WHERE row = ?',
  )
  const update = db.prepare('UPDATE rows SET status = ?, batches = rtrim(batches) WHERE row = ?')

  return {
    /**
     * The common case, in one statement: outcomes of one status that are the only ones of rows that ask for this lane alone.
     * Gives those rows; of any other it is to be seen how it stands.
     */
    settleAtOnce(outcomes: readonly Outcome[], lane: LaneName, status: Status): readonly number[] {
      const rows = JSON.stringify(outcomes.map(({ row }) => row))
      return settleMany.all(status, rows, lane).map(([row]) => row)
    },
    /** Brings a row's status up to date, and tells where it changed. */
    settle(row: number): Settled | undefined {
      const entry = readRow.get(row)
      if (entry === undefined) return undefined
      const [asks, before] = [parseAsks(entry[0]), entry[1]]
      const outcomes: Record<LaneName, { status: Status; message: string | null }> = {}
      for (const [lane, status, message] of readOutcomes.all(row)) outcomes[lane] = { status, message }
      const after = rowStatus(asks, outcomes)
      if (after === undefined || after === before) return undefined
      update.run(after, row)
      const isSkip = after === 'skipped' || before === 'skipped'
      // By the lanes that it asks for: whatever else comes later, that reason stays the same.
      const reasons = isSkip ? asks.map((lane) => outcomes[lane]?.message) : []
      return { before, after, reason: reasons.find(Boolean) ?? undefined }
    },
  }
}
