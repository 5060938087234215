import type { RunProgress } from '../../app/events.ts'
import { describeDuration, formatCount } from '../../words.ts'

/** How far a run is, and when that was; milliseconds since the epoch. */
export interface Moment extends RunProgress {
  readonly at: number
}

/**
 * One line on where a run stands: rows done of all, pace against the limit since `earlier`, counts by status, time left.
 */
export function progressLine(earlier: Moment, now: Moment, bar: boolean): string {
  const { counts, rowsInAll, traffic, limits } = now
  const done = counts.rows - counts.open
  const share = rowsInAll === undefined || rowsInAll === 0 ? undefined : Math.min(done / rowsInAll, 1)
  const elapsedMs = Math.max(now.at - earlier.at, 1)
  const rowsPerMs = (done - (earlier.counts.rows - earlier.counts.open)) / elapsedMs
  const leftMs = rowsInAll === undefined || rowsPerMs <= 0 ? undefined : (rowsInAll - done) / rowsPerMs
  const paces = Object.entries(traffic).map(([lane, { requests }]) => {
    const before = earlier.traffic[lane]?.requests ?? 0
    const rpm = ((requests - before) / elapsedMs) * 60_000
    const limit = limits[lane]
    return `${lane} ${formatCount(Math.round(rpm))}${limit === undefined ? '' : `/${formatCount(limit)}`} a minute`
  })
  return [
    bar && share !== undefined ? drawBar(share) : undefined,
    `${formatCount(done)}${rowsInAll === undefined ? '' : ` of ${formatCount(rowsInAll)}`} rows`,
    ...paces,
    describeStatuses(counts.statuses),
    leftMs === undefined || done === rowsInAll ? undefined : `${describeDuration(leftMs)} left`,
  ]
    .filter((part) => part !== undefined && part !== '')
    .join('  ')
}

function drawBar(share: number): string {
  const width = 24
  const full = Math.round(share * width)
  return `${'█'.repeat(full)}${'░'.repeat(width - full)} ${String(Math.floor(share * 100)).padStart(3)} %`
}

function describeStatuses(statuses: RunProgress['counts']['statuses']): string {
  return Object.entries(statuses)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${status} ${formatCount(count)}`)
    .join(' ')
}
