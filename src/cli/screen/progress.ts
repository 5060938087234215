import type { Notice } from '../../broker/jobs.ts'
import type { Counts, LaneTraffic } from '../../ledger/ledger.ts'
import type { LaneName, Status } from '../../model.ts'
import { describeDuration, formatCount } from '../../words.ts'

/** What the progress line is made from. */
export interface Snapshot {
  readonly counts: Counts
  readonly traffic: Record<LaneName, LaneTraffic>
  /** Rows that the file has in all, estimated from its bytes until it was read to the end; undefined where unknown. */
  readonly rowsInAll: number | undefined
  readonly limits: Record<LaneName, number>
}

export interface Progress {
  note(notice: Notice): void
  /** Draws the last line and ends. */
  stop(): void
}

const DRAW_EVERY_MS = 200
const PRINT_EVERY_MS = 5_000
/** The pace shown is that of the last so many milliseconds. */
const PACE_OVER_MS = 10_000

/** Shows how a run goes: a bar where `out` is a terminal, else a line every few seconds. */
export function startProgress(out: NodeJS.WriteStream, snapshot: () => Snapshot): Progress {
  const terminal = out.isTTY
  const history: { at: number; snapshot: Snapshot }[] = []
  let drawn = false

  function line(): string {
    const now = { at: Date.now(), snapshot: snapshot() }
    history.push(now)
    while (history.length > 2 && (history[1]?.at ?? 0) < now.at - PACE_OVER_MS) history.shift()
    return progressLine(history[0] ?? now, now, terminal)
  }
  function draw(): void {
    if (!terminal) {
      out.write(`${line()}\n`)
      return
    }
    out.write(`\r\u001B[K${line().slice(0, (out.columns ?? 100) - 1)}`)
    drawn = true
  }
  const timer = setInterval(draw, terminal ? DRAW_EVERY_MS : PRINT_EVERY_MS)

  return {
    note(notice) {
      if (drawn) out.write('\r\u001B[K')
      out.write(`${describeNotice(notice)}\n`)
      drawn = false
    },
    stop() {
      clearInterval(timer)
      draw()
      if (terminal) out.write('\n')
    },
  }
}

interface Moment {
  readonly at: number
  readonly snapshot: Snapshot
}

/** One line on where a run stands: rows done of all, pace against the limit, counts by status, time left. */
function progressLine(earlier: Moment, now: Moment, bar: boolean): string {
  const { counts, rowsInAll, traffic, limits } = now.snapshot
  const done = counts.rows - counts.open
  const share = rowsInAll === undefined || rowsInAll === 0 ? undefined : Math.min(done / rowsInAll, 1)
  const elapsedMs = Math.max(now.at - earlier.at, 1)
  const rowsPerMs = (done - (earlier.snapshot.counts.rows - earlier.snapshot.counts.open)) / elapsedMs
  const leftMs = rowsInAll === undefined || rowsPerMs <= 0 ? undefined : (rowsInAll - done) / rowsPerMs
  const paces = Object.entries(traffic).map(([lane, { requests }]) => {
    const before = earlier.snapshot.traffic[lane]?.requests ?? 0
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

function describeStatuses(statuses: Readonly<Record<Status, number>>): string {
  return Object.entries(statuses)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${status} ${formatCount(count)}`)
    .join(' ')
}

function describeNotice(notice: Notice): string {
  switch (notice.kind) {
    case 'down':
      return `The host does not answer on the ${notice.lane} lane (${notice.reason}). The lane waits, and tries again every few seconds.`
    case 'up':
      return `The host answers again on the ${notice.lane} lane, after ${describeDuration(Date.now() - notice.since)}. Going on.`
    case 'throttled':
      return `The API says that the ${notice.lane} lane is too fast (429). Nothing is sent on it for ${describeDuration(notice.until - Date.now())}.`
    case 'halt':
      return `${notice.reason} ${notice.remedy}`
  }
}
