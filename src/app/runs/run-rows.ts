import type { Ledger, PageRequest, ResultRow } from '../../ledger/ledger.ts'
import { openLedger } from '../../ledger/open-ledger.ts'
import type { Status } from '../../model.ts'
import { shownKey } from '../../report/shown-key.ts'
import { verdictOf } from '../../report/verdict.ts'
import { findRun } from '../../run/list-runs.ts'
import { runFolder } from '../../run/run-record.ts'

/** Which rows of a run are asked for: as a ledger's pages are. `masked`: keys that may be an e-mail or a mobile are cut. */
export type RowsRequest = PageRequest & { readonly masked?: boolean }

/** What became of a row, in a line. */
export interface RowLine {
  readonly row: number
  readonly line: number
  readonly key: string
  /** Absent while the row is open. */
  readonly status?: Status
  readonly code?: number
  readonly message: string
  readonly hint: string
}

export interface RowLines {
  readonly rows: readonly RowLine[]
  /** The `after` of the next page; absent where this is the last one. A page before it may be short, or empty. */
  readonly next?: number
}

/** A page of a run's rows, in order. Throws a UsageError where there is no such run, or nothing of it is recorded yet. */
export function runRows(home: string, name: string, { masked = false, ...request }: RowsRequest): RowLines {
  const { run } = findRun(home, name)
  using stack = new DisposableStack()
  const open = () => openLedger(runFolder(home, run).ledger, { readOnly: true })
  const ledger: Ledger = stack.adopt(open(), (opened) => opened.close())
  const { rows, next } = ledger.page(request)
  return { rows: rows.flatMap((row) => lineOf(ledger.row(row), masked) ?? []), next }
}

function lineOf(found: ResultRow | undefined, masked: boolean): RowLine | undefined {
  if (found === undefined) return undefined
  const { row, line, key, status } = found
  const { code, message, hint } = verdictOf(found)
  return {
    row,
    line,
    key: masked ? shownKey(key) : key,
    status,
    code: code === '' ? undefined : Number(code),
    message,
    hint,
  }
}
