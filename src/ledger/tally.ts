import type { DatabaseSync } from 'node:sqlite'

import type { LaneName, Outcome, Status, Traffic } from '../model.ts'
import type { CodeCount, LaneResult, ReasonCount } from './ledger.ts'
import { messageShape } from './message-shape.ts'
import { timeOf } from './outcome-record.ts'
import { isProgramDone } from './row-status.ts'

/** The running totals of one transaction: gathered in memory, and written before it is committed. */
export interface Tally {
  countRow(status: Status | 'open', by: number): void
  countCodes(outcome: Outcome): void
  /** A row that is skipped for this reason; by -1, that is so no more. */
  countSkip(row: number, reason: string, by: 1 | -1): void
  /** The first warning of an outcome that was counted before it had that. */
  countFirstWarning(outcome: Outcome): void
  countTraffic(traffic: Traffic): void
  /** An outcome; one that a request brought, in the second in which it came as well. */
  countAnswer(outcome: Outcome): void
  noteBatch(lane: LaneName, batch: number): void
  /** Writes what was gathered, and begins anew. */
  flush(): void
  /** Drops what was gathered: the transaction failed. */
  forget(): void
}

/** A message of an outcome without what differs from row to row. */
export type ShapeOf = (message: string, outcome: Outcome) => string

export function prepareTally(db: DatabaseSync, shapeOf: ShapeOf): Tally {
  const addCount = db.prepare(
    'INSERT INTO counts (status, rows) VALUES (?, ?) ON CONFLICT DO UPDATE SET rows = rows + excluded.rows',
  )
  const addCode = db.prepare(
    `INSERT INTO codes (lane, severity, code, message, rows, first_row) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET rows = rows + excluded.rows, first_row = min(first_row, excluded.first_row)`,
  )
  const addSkip = db.prepare(
    `INSERT INTO skips (message, rows, first_row) VALUES (?, ?, ?)
     ON CONFLICT DO UPDATE SET rows = rows + excluded.rows, first_row = min(first_row, excluded.first_row)`,
  )
  const addTraffic = db.prepare(
    `INSERT INTO lanes (lane, requests, retries, throttled, first_at, last_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET
       requests = requests + excluded.requests,
       retries = retries + excluded.retries,
       throttled = throttled + excluded.throttled,
       first_at = min(ifnull(first_at, excluded.first_at), ifnull(excluded.first_at, first_at)),
       last_at = max(ifnull(last_at, excluded.last_at), ifnull(excluded.last_at, last_at))`,
  )
  const addSecond = db.prepare(
    `INSERT INTO seconds (lane, second, requests, answered) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET requests = requests + excluded.requests, answered = answered + excluded.answered`,
  )
  const raiseBatch = db.prepare(
    `INSERT INTO lanes (lane, highest_batch) VALUES (?, ?)
     ON CONFLICT DO UPDATE SET highest_batch = max(highest_batch, excluded.highest_batch)`,
  )
  const addResult = db.prepare(
    `INSERT INTO results (lane, what, name, count) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET count = count + excluded.count`,
  )
  const counts = new Map<Status | 'open', number>()
  const codes = new Map<string, CodeCount>()
  const skips = new Map<string, ReasonCount>()
  const traffics: Traffic[] = []
  const batches = new Map<LaneName, number>()
  const results = new Map<string, LaneResult>()
  const seconds = new Map<string, { lane: LaneName; second: number; requests: number; answered: number }>()

  function secondOf(lane: LaneName, second: number) {
    const key = `${lane} ${second}`
    const known = seconds.get(key)
    if (known !== undefined) return known
    const added = { lane, second, requests: 0, answered: 0 }
    seconds.set(key, added)
    return added
  }

  function countResult({ lane, what, name, count }: LaneResult): void {
    const key = `${lane} ${what} ${name}`
    const { count: known = 0 } = results.get(key) ?? {}
    results.set(key, { lane, what, name, count: known + count })
  }

  function addCodes(found: ReadonlyMap<string, CodeCount>): void {
    for (const [key, code] of found) {
      const { rows = 0, firstRow = code.firstRow } = codes.get(key) ?? {}
      codes.set(key, { ...code, rows: rows + 1, firstRow: Math.min(firstRow, code.firstRow) })
    }
  }

  function forget(): void {
    counts.clear()
    codes.clear()
    skips.clear()
    traffics.length = 0
    batches.clear()
    seconds.clear()
    results.clear()
  }

  return {
    countRow: (status, by) => void counts.set(status, (counts.get(status) ?? 0) + by),
    countCodes(outcome) {
      if (!saysNothing(outcome)) addCodes(codesOf(outcome, shapeOf))
    },
    countFirstWarning(outcome) {
      const { code: _code, message: _message, programs: _programs, ...rest } = outcome
      addCodes(codesOf({ ...rest, warnings: outcome.warnings.slice(0, 1) }, shapeOf))
    },
    countSkip(row, reason, by) {
      const message = messageShape(reason)
      const known = skips.get(message) ?? { message, rows: 0, firstRow: row }
      skips.set(message, { message, rows: known.rows + by, firstRow: Math.min(known.firstRow, row) })
    },
    countTraffic(traffic) {
      traffics.push(traffic)
      for (const [second, requests] of Object.entries(traffic.seconds ?? {})) {
        secondOf(traffic.lane, Number(second)).requests += requests
      }
      for (const [name, count = 0] of Object.entries(traffic.results ?? {})) {
        countResult({ lane: traffic.lane, what: 'request', name, count })
      }
    },
    countAnswer({ lane, attempts, finishedAt, result }) {
      countResult({ lane, what: 'row', name: result, count: 1 })
      if (attempts > 0) secondOf(lane, Math.floor(timeOf(finishedAt) / 1000)).answered += 1
    },
    noteBatch: (lane, batch) => void batches.set(lane, Math.max(batches.get(lane) ?? 0, batch)),
    flush() {
      for (const [status, by] of counts) if (by !== 0) addCount.run(status, by)
      for (const { lane, severity, code, message, rows, firstRow } of codes.values()) {
        addCode.run(lane, severity, code ?? null, message, rows, firstRow)
      }
      for (const { message, rows, firstRow } of skips.values()) if (rows !== 0) addSkip.run(message, rows, firstRow)
      for (const { lane, requests, retries, throttled, firstAt, lastAt } of traffics) {
        addTraffic.run(lane, requests, retries, throttled, firstAt ?? null, lastAt ?? null)
      }
      for (const { lane, second, requests, answered } of seconds.values())
        addSecond.run(lane, second, requests, answered)
      for (const [lane, batch] of batches) raiseBatch.run(lane, batch)
      for (const { lane, what, name, count } of results.values()) addResult.run(lane, what, name, count)
      forget()
    },
    forget,
  }
}

/** Most outcomes: done, and no word about it. */
function saysNothing({ code, message, warnings, programs = [] }: Outcome): boolean {
  return code === undefined && message === undefined && warnings.length === 0 && programs.every(isProgramDone)
}

/** What an outcome adds to the codes: each code once, however often this row met it. */
function codesOf(outcome: Outcome, shapeOf: ShapeOf): Map<string, CodeCount> {
  const { row, lane } = outcome
  const found = new Map<string, CodeCount>()
  function add(
    severity: CodeCount['severity'],
    code: number | undefined,
    text: string | undefined,
    isOurs = false,
  ): void {
    if (code === undefined && text === undefined) return
    const message = isOurs ? messageShape(text ?? '') : shapeOf(text ?? '', outcome)
    found.set(`${lane} ${severity} ${code} ${message}`, { lane, severity, code, message, rows: 1, firstRow: row })
  }
  const severity = severityOf(outcome.status)
  const refused = (outcome.programs ?? []).filter((program) => !isProgramDone(program))
  for (const program of refused) add(severity, program.code, program.message)
  // What the programs say, the outcome only sums up.
  if (found.size === 0) add(severity, outcome.code, outcome.message)
  for (const warning of outcome.warnings) {
    add(warning.doubt === true ? 'doubt' : 'warning', warning.code, warning.message, warning.ours)
  }
  return found
}

function severityOf(status: Status): CodeCount['severity'] {
  switch (status) {
    case 'rejected':
    case 'failed':
    case 'invalid':
      return 'error'
    case 'warned':
      return 'warning'
    case 'ok':
    case 'skipped':
      return 'note'
  }
}
