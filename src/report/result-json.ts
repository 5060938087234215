import type { ResultRow } from '../ledger/ledger.ts'
import { lanes } from '../lanes/lanes.ts'
import type { Outcome } from '../model.ts'
import type { Layout } from './layout.ts'

/**
 * A row's line in results.jsonl, with its line end: `row`, `line`, `key`, `file` (of a run over several), `status` (absent while the row is open),
 * `input`, `raw` where `input` cannot hold the record, and each lane that has an outcome under its name.
 */
export function resultJson(row: ResultRow, layout: Layout): string {
  // Put together as text: an object would move columns whose names are numbers to the front.
  let json = `{"row":${row.row},"line":${row.line},"key":${JSON.stringify(row.key)}`
  if (layout.fileOf !== undefined) json += `,"file":${JSON.stringify(layout.fileOf(row.row))}`
  if (row.status !== undefined) json += `,"status":"${row.status}"`
  json += `,"input":${layout.json(row.input)}`
  if (row.raw !== undefined) json += `,"raw":${JSON.stringify(row.raw)}`
  for (const { name, subject } of lanes) {
    const outcome = row.outcomes[name]
    if (subject !== undefined && outcome !== undefined) json += `,"${name}":${laneJson(outcome)}`
  }
  return `${json}}\n`
}

function laneJson(outcome: Outcome): string {
  const { result, status, customerId, code, message, hint, programs } = outcome
  const { warnings, sideEffects, confirmed, attempts, requestId, finishedAt } = outcome
  return JSON.stringify({
    result,
    status,
    customerId,
    code,
    message,
    hint,
    programs,
    warnings,
    sideEffects,
    confirmed,
    attempts,
    requestId,
    finishedAt,
  })
}
