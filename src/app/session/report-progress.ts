import type { Ledger } from '../../ledger/ledger.ts'
import type { RunRecord } from '../../run/run-record.ts'
import type { Source } from '../../source/open-source.ts'
import type { Listener } from '../events.ts'
import { ROWS_IN_ALL } from '../runs/run-pulse.ts'
import type { Paces } from './paces.ts'

const EVERY_MS = 200

export interface Progress {
  /** So many rows are read; `ended`: there are no more. */
  read(rows: number, ended: boolean): void
  /** Emits a last time how far the run is. */
  stop(): void
}

/** Emits again and again how far a run is. */
export function startProgress({
  record,
  source,
  ledger,
  paces,
  on,
}: {
  readonly record: RunRecord
  readonly source: Source
  readonly ledger: Ledger
  readonly paces: Paces
  readonly on: Listener
}): Progress {
  let rowsRead = 0
  let readToEnd = false
  let noted: number | undefined
  const inAll = () => (readToEnd ? rowsRead : (record.limit ?? rowsInAll(source, rowsRead)))
  const emit = (last: boolean) => {
    const expected = inAll()
    // Others see the ledger alone. An estimate changes a little with every piece that is read.
    if (expected !== undefined && expected !== noted && (readToEnd || isFarFrom(expected, noted))) {
      ledger.meta.set(ROWS_IN_ALL, expected)
      noted = expected
    }
    on({
      kind: 'progress',
      run: record.run,
      at: Date.now(),
      last,
      counts: ledger.counts(),
      traffic: ledger.traffic(),
      rowsInAll: expected,
      limits: paces.now().limits,
    })
  }
  const timer = setInterval(emit, EVERY_MS, false)
  return {
    read(rows, ended) {
      rowsRead = rows
      readToEnd = ended
    },
    stop() {
      clearInterval(timer)
      emit(true)
    },
  }
}

function isFarFrom(expected: number, noted: number | undefined): boolean {
  return noted === undefined || Math.abs(expected - noted) > noted / 100
}

/** From the bytes read so far: good enough for a bar. */
function rowsInAll({ progress: { bytesRead, bytesTotal } }: Source, rowsRead: number): number | undefined {
  if (bytesTotal === undefined || bytesRead === 0 || rowsRead === 0) return undefined
  return Math.max(Math.round((rowsRead * bytesTotal) / bytesRead), rowsRead)
}
