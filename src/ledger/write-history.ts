import type { DatabaseSync } from 'node:sqlite'

import type { Attempt, LaneName } from '../model.ts'
import type { LedgerEvent } from './ledger.ts'
import { prepareTuples } from './tuples.ts'

/** Prepares the writing of how a run went: attempts, and events. Writing the same twice changes nothing. */
export function prepareHistory(db: DatabaseSync) {
  const insertAttempt = db.prepare(
    `INSERT INTO attempts (lane, batch, at, rows, took_ms, status, fault, request_id, note, look_up)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
  )
  const insertEvent = db.prepare(
    `INSERT INTO events (kind, lane, at, until, rpm, detail) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET until = ifnull(excluded.until, until), detail = ifnull(excluded.detail, detail)`,
  )
  const takeTouching = prepareTuples<[at: number, until: number]>(
    db,
    `DELETE FROM events WHERE kind = 'throttled' AND lane = ? AND at <= ? AND until >= ? RETURNING at, until`,
  )

  /** Each 429 of a lane that is held already says so again: what touches is one hold. */
  function writeHold(lane: LaneName, at: number, until: number): void {
    const touching = takeTouching.all(lane, until, at)
    const from = Math.min(at, ...touching.map(([start]) => start))
    const to = Math.max(until, ...touching.map(([, end]) => end))
    insertEvent.run('throttled', lane, from, to, null, null)
  }

  return {
    writeAttempt({ lane, batch, at, rows, tookMs, status, fault, requestId, note, lookUp }: Attempt): void {
      const said = [status ?? null, fault ?? null, requestId ?? null, note ?? null]
      insertAttempt.run(lane, batch, at, JSON.stringify(rows), tookMs, ...said, lookUp === true ? 1 : 0)
    },
    writeEvent(event: LedgerEvent): void {
      switch (event.kind) {
        case 'began':
          return void insertEvent.run(event.kind, '', event.at, null, null, null)
        case 'ended':
          return void insertEvent.run(event.kind, '', event.at, null, null, event.how)
        case 'limit':
          return void insertEvent.run(event.kind, event.lane, event.at, null, event.rpm ?? null, null)
        case 'throttled':
          return writeHold(event.lane, event.at, event.until)
        case 'outage':
          insertEvent.run(event.kind, event.lane, event.at, event.until ?? null, null, event.reason ?? null)
      }
    },
  }
}
