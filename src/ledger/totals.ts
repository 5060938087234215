import type { DatabaseSync } from 'node:sqlite'

import type { Json, LaneName, Status } from '../model.ts'
import type { CodeCount, LaneResult, Ledger } from './ledger.ts'
import { prepareTuples } from './tuples.ts'

/** The reads of a ledger that do not grow with its rows, and its small facts. */
export function prepareTotals(
  db: DatabaseSync,
): Pick<
  Ledger,
  'counts' | 'traffic' | 'laneResults' | 'codes' | 'skips' | 'doubts' | 'lastRow' | 'highestBatch' | 'meta'
> {
  const readCounts = prepareTuples<[Status | 'open', number]>(db, 'SELECT status, rows FROM counts')
  const readLastRow = prepareTuples<[number | null]>(db, 'SELECT max(row) FROM rows')
  const readBatch = prepareTuples<[number]>(db, 'SELECT highest_batch FROM lanes WHERE lane = ?')
  const readTraffic = prepareTuples<[LaneName, number, number, number, number | null, number | null]>(
    db,
    'SELECT lane, requests, retries, throttled, first_at, last_at FROM lanes ORDER BY lane DESC',
  )
  const readHolds = prepareTuples<[LaneName, number, number]>(
    db,
    `SELECT lane, count(*), sum(until - at) FROM events WHERE kind = 'throttled' GROUP BY lane`,
  )
  const readCodes = prepareTuples<[LaneName, CodeCount['severity'], number | null, string, number, number]>(
    db,
    `SELECT lane, severity, code, message, rows, first_row FROM codes WHERE severity <> 'doubt'
     ORDER BY rows DESC, instr('error warning note', severity), lane DESC, code, message LIMIT ?`,
  )
  const readSkips = prepareTuples<[string, number, number]>(
    db,
    'SELECT message, rows, first_row FROM skips WHERE rows > 0 ORDER BY rows DESC, message LIMIT 1000',
  )
  const readDoubts = prepareTuples<[string, number, number]>(
    db,
    `SELECT message, sum(rows), min(first_row) FROM codes WHERE severity = 'doubt' GROUP BY message
     ORDER BY 2 DESC, message LIMIT 1000`,
  )
  const readResults = prepareTuples<[LaneName, LaneResult['what'], string, number]>(
    db,
    'SELECT lane, what, name, count FROM results',
  )
  const readMeta = prepareTuples<[string]>(db, 'SELECT value FROM meta WHERE name = ?')
  const writeMeta = db.prepare(
    'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
  )

  return {
    counts() {
      const found = new Map(readCounts.all())
      const statuses: Record<Status, number> = {
        ok: found.get('ok') ?? 0,
        warned: found.get('warned') ?? 0,
        rejected: found.get('rejected') ?? 0,
        failed: found.get('failed') ?? 0,
        invalid: found.get('invalid') ?? 0,
        skipped: found.get('skipped') ?? 0,
      }
      const rows = found.values().reduce((sum, count) => sum + count, 0)
      return { rows, statuses, open: found.get('open') ?? 0 }
    },
    traffic() {
      const totals: ReturnType<Ledger['traffic']> = {}
      const held = new Map(readHolds.all().map(([lane, ...hold]) => [lane, hold]))
      for (const [lane, requests, retries, throttled, first, last] of readTraffic.all()) {
        const [holds, heldMs] = held.get(lane) ?? [0, 0]
        const [firstAt, lastAt] = [first ?? undefined, last ?? undefined]
        totals[lane] = { requests, retries, throttled, firstAt, lastAt, holds, heldMs }
      }
      return totals
    },
    laneResults: () => readResults.all().map(([lane, what, name, count]) => ({ lane, what, name, count })),
    codes: (limit = 1000) =>
      readCodes.all(limit).map(([lane, severity, code, message, rows, firstRow]) => {
        return { lane, severity, code: code ?? undefined, message, rows, firstRow }
      }),
    skips: () => readSkips.all().map(([message, rows, firstRow]) => ({ message, rows, firstRow })),
    doubts: () => readDoubts.all().map(([message, rows, firstRow]) => ({ message, rows, firstRow })),
    lastRow: () => readLastRow.get()?.[0] ?? 0,
    highestBatch: (lane) => readBatch.get(lane)?.[0] ?? 0,
    meta: {
      get(name): Json | undefined {
        const value = readMeta.get(name)?.[0]
        return value === undefined ? undefined : JSON.parse(value)
      },
      set: (name, value) => void writeMeta.run(name, JSON.stringify(value)),
    },
  }
}
