import type { DatabaseSync } from 'node:sqlite'

import type { Input, LaneName, Outcome, Result, Status } from '../model.ts'
import type { Batches, Ledger, OpenBatch, ResultRow, RowState } from './ledger.ts'
import { parseAsks } from './asks.ts'
import { fromOutcomeTuple, outcomeColumns } from './outcome-record.ts'
import type { OutcomeTuple } from './outcome-record.ts'
import { iterateOutcomes } from './read-outcomes.ts'
import { openDatabase } from './schema.ts'
import { prepareTuples } from './tuples.ts'

type StateTuple = [row: number, status: Status | null, asks: string, batches: string | null]
type StateOutcomeTuple = [row: number, lane: LaneName, result: Result, status: Status, customerId: string | null]
const contentColumns = 'row, line, key, status, asks, kind, input, raw'
type ContentTuple = [
  row: number,
  line: number,
  key: string,
  status: Status | null,
  asks: string,
  kind: Input['kind'],
  input: string,
  raw: string | null,
]

/** Prepares the reads that the dispatcher needs for resuming, and those of single rows. */
export function prepareReads(db: DatabaseSync): Pick<Ledger, 'rowStates' | 'openBatches' | 'row' | 'rowsWithKey'> {
  const readRows = prepareTuples<StateTuple>(
    db,
    'SELECT row, status, asks, batches FROM rows WHERE row BETWEEN ? AND ? ORDER BY row',
  )
  const readOutcomes = prepareTuples<StateOutcomeTuple>(
    db,
    'SELECT row, lane, result, status, customer_id FROM outcomes WHERE row BETWEEN ? AND ? ORDER BY row',
  )
  const readOpen = prepareTuples<[number, string]>(
    db,
    `SELECT row, batches FROM rows INDEXED BY rows_open WHERE status IS NULL AND batches IS NOT NULL ORDER BY row`,
  )
  const readLanes = prepareTuples<[LaneName]>(db, 'SELECT lane FROM outcomes WHERE row = ?')

  function rowStates(first: number, last: number): readonly RowState[] {
    const states: RowState[] = []
    const outcomes = readOutcomes.all(first, last)
    let next = 0
    for (const [row, status, asks, batches] of readRows.all(first, last)) {
      const done: RowState['outcomes'] = {}
      for (; next < outcomes.length && outcomes[next]![0] <= row; next++) {
        const [of, lane, result, laneStatus, customerId] = outcomes[next]!
        if (of === row) done[lane] = { result, status: laneStatus, customerId: customerId ?? undefined }
      }
      const state = { row, status: status ?? undefined, asks: parseAsks(asks), batches: parseBatches(batches) }
      states.push({ ...state, outcomes: done })
    }
    return states
  }

  function openBatches(): readonly OpenBatch[] {
    const open = new Map<string, { lane: LaneName; batch: number; rows: number[] }>()
    for (const [row, text] of readOpen.all()) {
      const done = readLanes.all(row).map(([lane]) => lane)
      const batches = parseBatches(text)
      for (const lane of Object.keys(batches)) {
        const batch = batches[lane]
        if (batch === undefined || done.includes(lane)) continue
        const key = `${lane} ${batch}`
        const known = open.get(key)
        if (known === undefined) open.set(key, { lane, batch, rows: [row] })
        else known.rows.push(row)
      }
    }
    return open
      .values()
      .toArray()
      .toSorted((a, b) => a.lane.localeCompare(b.lane) || a.batch - b.batch)
  }

  const readRow = prepareTuples<ContentTuple>(db, `SELECT ${contentColumns} FROM rows WHERE row = ?`)
  const readRowOutcomes = prepareTuples<OutcomeTuple>(db, `SELECT ${outcomeColumns} FROM outcomes WHERE row = ?`)
  const readKey = prepareTuples<[number]>(db, 'SELECT row FROM rows WHERE key = ? ORDER BY row LIMIT ?')

  return {
    rowStates,
    openBatches,
    row(row) {
      const content = readRow.get(row)
      return content && resultRow(content, readRowOutcomes.all(row).map(fromOutcomeTuple))
    },
    rowsWithKey: (key, limit) => readKey.all(key, limit).map(([row]) => row),
  }
}

/** Streams `Ledger.results`: rows and outcomes are read side by side, each in order, over one snapshot. */
export function* readResults(path: string): Generator<ResultRow, void, undefined> {
  const db = openDatabase(path, { readOnly: true })
  try {
    db.exec('BEGIN')
    const rows = prepareTuples<ContentTuple>(db, `SELECT ${contentColumns} FROM rows ORDER BY row`).iterate()
    const outcomes = iterateOutcomes(db)
    let next = outcomes.next()
    for (let entry = rows.next(); entry.done !== true; entry = rows.next()) {
      const [row] = entry.value
      const own: Outcome[] = []
      for (; next.done !== true && next.value.row <= row; next = outcomes.next()) {
        if (next.value.row === row) own.push(next.value)
      }
      yield resultRow(entry.value, own)
    }
  } finally {
    db.close()
  }
}

function resultRow(content: ContentTuple, outcomes: readonly Outcome[]): ResultRow {
  const [row, line, key, status, asks, kind, input, raw] = content
  const done: Record<LaneName, Outcome> = {}
  for (const outcome of outcomes) done[outcome.lane] = outcome
  return {
    row,
    line,
    key,
    status: status ?? undefined,
    asks: parseAsks(asks),
    input: parseInput(kind, input),
    raw: raw ?? undefined,
    outcomes: done,
  }
}

/** Streams `Ledger.rowsWith`. */
export function* readRowsWith(path: string, statuses: readonly Status[]): Generator<number, void, undefined> {
  const db = openDatabase(path, { readOnly: true })
  try {
    const wanted = statuses.map(() => '?').join(', ')
    const rows = prepareTuples<[number]>(db, `SELECT row FROM rows WHERE status IN (${wanted}) ORDER BY row`).iterate(
      ...statuses,
    )
    for (let entry = rows.next(); entry.done !== true; entry = rows.next()) yield entry.value[0]
  } finally {
    db.close()
  }
}

/** Streams `Ledger.inputs`. */
export function* readInputs(path: string): Generator<Input, void, undefined> {
  const db = openDatabase(path, { readOnly: true })
  try {
    const rows = prepareTuples<[Input['kind'], string]>(db, 'SELECT kind, input FROM rows ORDER BY row').iterate()
    for (let entry = rows.next(); entry.done !== true; entry = rows.next()) yield parseInput(...entry.value)
  } finally {
    db.close()
  }
}

function parseBatches(text: string | null): Batches {
  return text === null ? {} : JSON.parse(text)
}

function parseInput(kind: Input['kind'], text: string): Input {
  return kind === 'cells' ? { kind, cells: JSON.parse(text) } : { kind, value: JSON.parse(text) }
}
