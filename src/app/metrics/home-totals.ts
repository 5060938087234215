import type { LedgerEvent } from '../../ledger/ledger.ts'
import { openLedger } from '../../ledger/open-ledger.ts'
import type { LaneName } from '../../model.ts'
import { type RunRecord, runFolder } from '../../run/run-record.ts'
import type { RunCatalogue } from '../runs/run-catalogue.ts'
import { type MutableTotals, type Totals, countOn, noTotals } from './totals.ts'

/** Counts what the runs of a home do, whichever processes work on them, from their ledgers. */
export interface HomeTotals {
  now(): Totals
}

/** What a ledger had counted when it was looked at last. */
interface Seen {
  readonly counts: ReadonlyMap<string, number>
  readonly isOver: boolean
}

/**
 * Counts from `since` on (milliseconds since the epoch): runs that begin later count in full, and of those that there are what comes to it. A run that is
 * over is read once more, and its ledger then left alone.
 */
export function countHome(home: string, runs: RunCatalogue, since: number): HomeTotals {
  const seen = new Map<string, Seen>()
  const grown = noTotals()

  function add(record: RunRecord, isOver: boolean, moment: MutableTotals): void {
    const known = seen.get(record.run)
    if (known?.isOver === true && isOver) return
    using stack = new DisposableStack()
    const ledger = stack.adopt(openLedger(runFolder(home, record.run).ledger, { readOnly: true }), (one) => one.close())
    const traffic = ledger.traffic()
    const counts = new Map(
      ledger.laneResults().map(({ lane, what, name, count }) => [`${lane} ${what} ${name}`, count]),
    )
    for (const [lane, { heldMs }] of Object.entries(traffic)) counts.set(`${lane} held ms`, heldMs)
    // What was there before is no growth.
    const before = known?.counts ?? (Date.parse(record.startedAt) < since ? counts : new Map<string, number>())
    for (const [key, count] of counts) grow(grown, key, count - (before.get(key) ?? 0))
    seen.set(record.run, { counts, isOver })
    if (isOver) return
    const down = lanesDown(ledger.events())
    for (const lane of record.lanes) {
      moment.inFlight[lane] ??= 0
      moment.up[lane] = (moment.up[lane] ?? true) && !down.has(lane)
      const limit = { ...record.limits, ...record.paced }[lane]
      if (limit !== undefined) moment.limits[lane] = limit
    }
    for (const { lane, rows } of ledger.openBatches())
      moment.inFlight[lane] = (moment.inFlight[lane] ?? 0) + rows.length
  }

  const totals: HomeTotals = {
    now() {
      const moment = noTotals()
      const listed = runs.list().runs
      for (const { record, status } of listed) {
        try {
          add(record, status.state !== 'running', moment)
        } catch {
          // Its ledger is being made, or is gone: it counts when it can be read.
        }
      }
      const there = new Set(listed.map(({ record }) => record.run))
      for (const run of seen.keys()) if (!there.has(run)) seen.delete(run)
      return { ...moment, requests: grown.requests, rows: grown.rows, throttledSeconds: grown.throttledSeconds }
    },
  }
  totals.now()
  return totals
}

function grow(grown: MutableTotals, key: string, by: number): void {
  const [lane = '', what = '', name = ''] = key.split(' ')
  if (what === 'request') countOn(grown.requests, lane, name, by)
  else if (what === 'row') countOn(grown.rows, lane, name, by)
  else grown.throttledSeconds[lane] = (grown.throttledSeconds[lane] ?? 0) + by / 1000
}

/** Lanes whose host did not answer when a run was last heard of. */
function lanesDown(events: readonly LedgerEvent[]): ReadonlySet<LaneName> {
  const down = new Set<LaneName>()
  for (const event of events) {
    // Another session may have other workers: it begins anew.
    if (event.kind === 'began') down.clear()
    if (event.kind !== 'outage') continue
    if (event.until === undefined) down.add(event.lane)
    else down.delete(event.lane)
  }
  return down
}
