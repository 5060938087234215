import type { Ledger } from '../../ledger/ledger.ts'
import type { RunRecord } from '../../run/run-record.ts'
import type { Source } from '../../source/open-source.ts'
import type { Notice } from '../../broker/jobs.ts'
import type { LaneName } from '../../model.ts'
import type { LaneProgress, Limits, Listener } from '../events.ts'
import { ENDS_AT, IN_FLIGHT, ROWS_IN_ALL } from '../runs/expectations.ts'
import { LaneTroubles } from './lane-troubles.ts'
import { PaceMeter } from './pace-meter.ts'
import type { Paces } from './paces.ts'

const EVERY_MS = 200
/** How often others can see in the ledger when the run will end. */
const NOTE_EVERY_MS = 5_000
/** Likewise, how many rows are in flight. */
const NOTE_HELD_EVERY_MS = 1_000

export interface Progress {
  /** So many rows are read; `ended`: there are no more. */
  read(rows: number, ended: boolean): void
  /** A worker of the run told that. */
  heard(notice: Notice): void
  /** Emits a last time how far the run is. */
  stop(): void
}

/** Emits again and again how far a run is. What keeps it from that is a fault of the run's, which `onFault` is told of. */
export function startProgress({
  record,
  source,
  ledger,
  paces,
  inFlight,
  away,
  on,
  onFault,
}: {
  readonly record: RunRecord
  readonly source: Source
  readonly ledger: Ledger
  readonly paces: Paces
  /** Rows in the hands of this process's workers, by lane; a lane that others work on is not there. */
  readonly inFlight: ReadonlyMap<LaneName, number>
  /** Why the broker cannot be worked with at this moment. */
  readonly away: () => string | undefined
  readonly on: Listener
  readonly onFault: (error: unknown) => void
}): Progress {
  let rowsRead = 0
  let readToEnd = false
  let noted: number | undefined
  const inAll = () => (readToEnd ? rowsRead : (record.limit ?? rowsInAll(source, rowsRead)))
  const meter = new PaceMeter()
  const troubles = new LaneTroubles()
  let endNotedAt = -Infinity
  let held: { readonly rows: number | null; readonly at: number } = { rows: 0, at: -Infinity }
  const laneAt = (lane: LaneName, at: number, rpm: number, { requests = 0, limits }: LaneFacts): LaneProgress => ({
    requests,
    rpm,
    limitRpm: limits[lane],
    inFlight: inFlight.get(lane),
    trouble: troubles.at(lane, at),
  })
  const emit = (last: boolean) => {
    const expected = inAll()
    // Others see the ledger alone. An estimate changes a little with every piece that is read.
    if (expected !== undefined && expected !== noted && (readToEnd || isFarFrom(expected, noted))) {
      ledger.meta.set(ROWS_IN_ALL, expected)
      noted = expected
    }
    const at = Date.now()
    troubles.seeBroker(away(), at)
    // A wall clock may be put back, and nothing would be noted for as long.
    const now = performance.now()
    const counts = ledger.counts()
    const traffic = ledger.traffic()
    const { limits } = paces.now()
    const requests = Object.fromEntries(Object.entries(traffic).map(([lane, each]) => [lane, each.requests]))
    const done = counts.rows - counts.open
    const { rpm, rowsPerMs } = meter.see({ at: now, done, requests })
    const endsAt =
      expected === undefined || rowsPerMs === undefined ? undefined : Math.round(at + (expected - done) / rowsPerMs)
    if (endsAt !== undefined && now - endNotedAt >= NOTE_EVERY_MS) {
      ledger.meta.set(ENDS_AT, endsAt)
      endNotedAt = now
    }
    // Workers elsewhere do not tell.
    const inHand = inFlight.size === 0 ? null : inFlight.values().reduce((sum, rows) => sum + rows, 0)
    if (inHand !== held.rows && now - held.at >= NOTE_HELD_EVERY_MS) {
      ledger.meta.set(IN_FLIGHT, inHand)
      held = { rows: inHand, at: now }
    }
    const lanes = [...new Set([...record.lanes, ...Object.keys(traffic)])]
    on({
      kind: 'progress',
      run: record.run,
      at,
      last,
      counts,
      traffic,
      rowsRead: Math.max(rowsRead, counts.rows),
      rowsInAll: expected,
      limits,
      lanes: Object.fromEntries(
        lanes.map((lane) => [lane, laneAt(lane, at, rpm[lane] ?? 0, { requests: requests[lane], limits })]),
      ),
      endsAt,
    })
  }
  const tell = (last: boolean) => {
    try {
      emit(last)
    } catch (error) {
      onFault(error)
    }
  }
  const timer = setInterval(tell, EVERY_MS, false)
  return {
    read(rows, ended) {
      rowsRead = rows
      readToEnd = ended
    },
    heard: (notice) => troubles.see(notice),
    stop() {
      clearInterval(timer)
      tell(true)
    },
  }
}

interface LaneFacts {
  readonly requests: number | undefined
  readonly limits: Limits
}

function isFarFrom(expected: number, noted: number | undefined): boolean {
  return noted === undefined || Math.abs(expected - noted) > noted / 100
}

/** From the bytes read so far: good enough for a bar. */
function rowsInAll({ progress: { bytesRead, bytesTotal } }: Source, rowsRead: number): number | undefined {
  if (bytesTotal === undefined || bytesRead === 0 || rowsRead === 0) return undefined
  return Math.max(Math.round((rowsRead * bytesTotal) / bytesRead), rowsRead)
}
