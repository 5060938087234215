import type { DatabaseSync } from 'node:sqlite'

import type { Attempt, LaneName } from '../model.ts'
import type { Ledger, LedgerEvent, Step, Timeline } from './ledger.ts'
import { prepareTuples } from './tuples.ts'

type EventTuple = [
  kind: LedgerEvent['kind'],
  lane: LaneName,
  at: number,
  until: number | null,
  rpm: number | null,
  detail: string | null,
]
type AttemptTuple = [
  at: number,
  rows: string,
  tookMs: number,
  status: number | null,
  fault: string | null,
  requestId: string | null,
  note: string | null,
  lookUp: number,
]

/** The reads of how a run went. */
export function prepareHistoryReads(db: DatabaseSync): Pick<Ledger, 'events' | 'timeline' | 'attempts'> {
  const readEvents = prepareTuples<EventTuple>(
    db,
    'SELECT kind, lane, at, until, rpm, detail FROM events ORDER BY at, kind',
  )
  const readSpan = prepareTuples<[number | null, number | null]>(db, 'SELECT min(second), max(second) FROM seconds')
  const readSteps = prepareTuples<[LaneName, number, number, number]>(
    db,
    // A JavaScript number is bound as a REAL, whose division has no remainder.
    `SELECT lane, CAST((second - ?1) / ?2 AS INTEGER) AS step, sum(requests), sum(answered)
     FROM seconds GROUP BY lane, step`,
  )
  const readBatches = prepareTuples<[string | null]>(db, 'SELECT batches FROM rows WHERE row = ?')
  const readAttempts = prepareTuples<AttemptTuple>(
    db,
    `SELECT at, rows, took_ms, status, fault, request_id, note, look_up FROM attempts
     WHERE lane = ? AND batch = ? AND EXISTS (SELECT 1 FROM json_each(attempts.rows) WHERE value = ?) ORDER BY at`,
  )

  function timeline(steps: number): Timeline | undefined {
    const [first, last] = readSpan.get() ?? [null, null]
    if (first === null || last === null) return undefined
    const seconds = Math.max(Math.ceil((last - first + 1) / steps), 1)
    const length = Math.floor((last - first) / seconds) + 1
    const lanes: Record<LaneName, Step[]> = {}
    for (const [lane, step, requests, answered] of readSteps.all(first, seconds)) {
      lanes[lane] ??= Array.from({ length }, () => ({ requests: 0, answered: 0 }))
      lanes[lane][step] = { requests, answered }
    }
    return { from: first * 1000, stepMs: seconds * 1000, lanes }
  }

  function attempts(row: number): readonly Attempt[] {
    const batches = JSON.parse(readBatches.get(row)?.[0] ?? '{}') as Record<LaneName, number>
    return Object.entries(batches)
      .flatMap(([lane, batch]) => readAttempts.all(lane, batch, row).map((tuple) => attemptOf(lane, batch, tuple)))
      .toSorted((a, b) => a.at - b.at)
  }

  return { events: () => readEvents.all().map(eventOf), timeline, attempts }
}

function attemptOf(lane: LaneName, batch: number, tuple: AttemptTuple): Attempt {
  const [at, rows, tookMs, status, fault, requestId, note, lookUp] = tuple
  return {
    lane,
    batch,
    at,
    tookMs,
    status: status ?? undefined,
    fault: fault ?? undefined,
    requestId: requestId ?? undefined,
    note: note ?? undefined,
    lookUp: lookUp === 1 ? true : undefined,
    rows: JSON.parse(rows),
  }
}

function eventOf([kind, lane, at, until, rpm, detail]: EventTuple): LedgerEvent {
  switch (kind) {
    case 'began':
      return { kind, at }
    case 'ended':
      return { kind, at, how: detail as Extract<LedgerEvent, { kind: 'ended' }>['how'] }
    case 'limit':
      return { kind, at, lane, rpm: rpm ?? undefined }
    case 'throttled':
      return { kind, at, lane, until: until ?? at }
    case 'outage':
      return { kind, at, lane, until: until ?? undefined, reason: detail ?? undefined }
  }
}
