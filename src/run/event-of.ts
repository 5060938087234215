import type { Notice } from '../broker/jobs.ts'
import type { LedgerEvent } from '../ledger/ledger.ts'

/** What the ledger keeps of a notice. Of a halt, that the session ended so. */
export function eventOf(notice: Notice): readonly LedgerEvent[] {
  switch (notice.kind) {
    case 'down':
      return [{ kind: 'outage', lane: notice.lane, at: notice.since, reason: notice.reason }]
    case 'up':
      return [{ kind: 'outage', lane: notice.lane, at: notice.since, until: notice.until ?? Date.now() }]
    case 'throttled':
      return [{ kind: 'throttled', lane: notice.lane, at: notice.since ?? Date.now(), until: notice.until }]
    case 'silent':
    case 'halt':
      return []
  }
}
