import type { LedgerEvent } from '../../ledger/ledger.ts'
import type { LaneName } from '../../model.ts'
import { type LaneTrouble, LaneTroubles } from '../session/lane-troubles.ts'

/** What stands in the way of a run's lanes at that time, by the events in its ledger; of the session under way alone. */
export function openTroubles(events: readonly LedgerEvent[], at: number): (lane: LaneName) => LaneTrouble | undefined {
  const troubles = new LaneTroubles()
  const began = events.findLast(({ kind }) => kind === 'began')?.at ?? -Infinity
  for (const event of events) {
    if (event.at < began) continue
    if (event.kind === 'throttled') {
      troubles.see({ kind: 'throttled', lane: event.lane, since: event.at, until: event.until })
    }
    if (event.kind !== 'outage') continue
    const { lane, at: since, until, reason = '' } = event
    troubles.see(until === undefined ? { kind: 'down', lane, since, reason } : { kind: 'up', lane, since, until })
  }
  return (lane) => troubles.at(lane, at)
}
