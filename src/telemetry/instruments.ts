import type { Attributes, Meter, ObservableResult } from '@opentelemetry/api'
import type { AppEvent } from '../app/events.ts'
import type { SyncStatus } from '../app/metrics/sync-statuses.ts'
import type { Totals } from '../app/metrics/totals.ts'

/** Where the numbers come from. Each is asked whenever somebody looks. */
export interface Sources {
  readonly totals: () => Totals
  readonly syncs?: () => readonly SyncStatus[]
}

/** From a twentieth of a second to the half minute after which a request counts as lost. */
const DURATION_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

/** Makes the instruments, under the names that dashboards and alerts go by. Gives what hears of each request. */
export function makeInstruments(meter: Meter, { totals, syncs = () => [] }: Sources): (event: AppEvent) => void {
  const requests = meter.createObservableCounter('rollcall_requests_total', {
    description: 'Requests to the API, by lane and what became of them',
  })
  const rows = meter.createObservableCounter('rollcall_rows_total', {
    description: 'Rows that have their outcome on a lane, by its result',
  })
  const throttled = meter.createObservableCounter('rollcall_throttled_seconds_total', {
    description: 'Time in which nothing was sent on a lane because the API had said so (429)',
  })
  const limit = meter.createObservableGauge('rollcall_limit_rpm', {
    description: 'Limit of a lane, in requests a minute; absent: none',
  })
  const inFlight = meter.createObservableGauge('rollcall_in_flight_rows', {
    description: 'Rows on a lane that were taken up and have no outcome yet',
  })
  const up = meter.createObservableGauge('rollcall_lane_up', {
    description: 'Whether the requests of a lane are answered: 1, or 0',
  })
  const lastGood = meter.createObservableGauge('rollcall_sync_last_good_timestamp_seconds', {
    description: 'When a sync finished last, in seconds since the epoch',
  })
  const problems = meter.createObservableGauge('rollcall_sync_problems', {
    description: 'Rows rejected, failed or invalid in the last run of a sync',
  })
  const durations = meter.createHistogram('rollcall_request_duration_seconds', {
    description: 'Time from a request to the last byte of its reply',
    advice: { explicitBucketBoundaries: DURATION_SECONDS },
  })
  meter.addBatchObservableCallback(
    (result) => {
      const now = totals()
      for (const [lane, results] of Object.entries(now.requests))
        for (const [name, count] of Object.entries(results)) result.observe(requests, count, { lane, result: name })
      for (const [lane, outcomes] of Object.entries(now.rows))
        for (const [outcome, count] of Object.entries(outcomes)) result.observe(rows, count, { lane, outcome })
      for (const [lane, seconds] of Object.entries(now.throttledSeconds)) result.observe(throttled, seconds, { lane })
      for (const [lane, rpm] of Object.entries(now.limits)) result.observe(limit, rpm, { lane })
      for (const [lane, count] of Object.entries(now.inFlight)) result.observe(inFlight, count, { lane })
      for (const [lane, isUp] of Object.entries(now.up)) result.observe(up, isUp ? 1 : 0, { lane })
    },
    [requests, rows, throttled, limit, inFlight, up],
  )
  lastGood.addCallback((result) => {
    for (const { sync, lastGoodAt } of syncs()) observe(result, lastGoodAt && lastGoodAt / 1000, { sync })
  })
  problems.addCallback((result) => {
    for (const status of syncs()) observe(result, status.problems, { sync: status.sync })
  })
  return (event) => {
    if (event.kind === 'request') durations.record(event.tookMs / 1000, { lane: event.lane })
  }
}

function observe(result: ObservableResult, value: number | undefined, attributes: Attributes): void {
  if (value !== undefined) result.observe(value, attributes)
}
