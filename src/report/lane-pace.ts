import type { LedgerEvent, Timeline } from '../ledger/ledger.ts'
import type { LaneName } from '../model.ts'
import { type Span, joined, spansOf } from './spans.ts'

/** How a lane went, to be drawn. Times are milliseconds since the epoch. */
export interface LanePace {
  readonly lane: LaneName
  readonly from: number
  readonly to: number
  readonly points: readonly PacePoint[]
  /** All that stood in its way, exactly. */
  readonly spans: readonly Span[]
  /** The same for the eye: what lies too close to be told apart is one. */
  readonly bands: readonly Span[]
}

export interface PacePoint {
  /** The end of what it sums up. */
  readonly at: number
  /** Requests per minute, over the time around it. */
  readonly rpm: number
  readonly limitRpm: number | undefined
  /** Rows answered since the beginning. */
  readonly answered: number
  /** Rows that the limit would have let through by then, had it been used from the first request on; at most all. */
  readonly possible: number | undefined
}

/** Steps that the ledger is asked for: more than are drawn, as the pace is a mean over several. */
export const TIMELINE_STEPS = 2_400
const POINTS = 240
const BANDS_ACROSS = 400

/** A lane's pace from the ledger's timeline; undefined where the lane sent nothing. */
export function lanePace(
  lane: LaneName,
  timeline: Timeline,
  { events, limit }: { readonly events: readonly LedgerEvent[]; readonly limit: number | undefined },
): LanePace | undefined {
  const steps = timeline.lanes[lane]
  if (steps === undefined) return undefined
  const { from, stepMs } = timeline
  const to = from + steps.length * stepMs
  const requests = runningSums(steps.map((step) => step.requests))
  const answered = runningSums(steps.map((step) => step.answered))
  const [allRequests, allRows] = [requests.at(-1) ?? 0, answered.at(-1) ?? 0]
  const limitAt = limitsOf(lane, events, limit)
  const around = Math.max(Math.round(Math.min(MINUTE_MS, (to - from) / 8) / stepMs / 2), 0)
  const rowsPerRequest = allRequests === 0 ? 0 : allRows / allRequests

  const points: PacePoint[] = []
  const together = Math.ceil(steps.length / POINTS)
  let possible = 0
  for (let first = 0; first < steps.length; first += together) {
    const end = Math.min(first + together, steps.length)
    const [low, high] = [Math.max(first - around, 0), Math.min(end + around, steps.length)]
    const sent = (requests[high] ?? 0) - (requests[low] ?? 0)
    const at = from + end * stepMs
    const limitRpm = limitAt(from + first * stepMs)
    possible += ((limitRpm ?? 0) / MINUTE_MS) * (end - first) * stepMs * rowsPerRequest
    points.push({
      at,
      rpm: (sent * MINUTE_MS) / ((high - low) * stepMs),
      limitRpm,
      answered: answered[end] ?? 0,
      possible: limitRpm === undefined ? undefined : Math.min(possible, allRows),
    })
  }
  const spans = spansOf(lane, events, timeline)
  const bands = Object.values(Object.groupBy(spans, ({ kind }) => kind)).flatMap((own) =>
    joined(own ?? [], (to - from) / BANDS_ACROSS),
  )
  return { lane, from, to, points, spans, bands }
}

const MINUTE_MS = 60_000

/** Sums up to each place, beginning with nothing. */
function runningSums(values: readonly number[]): readonly number[] {
  const sums = [0]
  for (const value of values) sums.push((sums.at(-1) ?? 0) + value)
  return sums
}

/** The limit at a time; before the ledger says one, the first that it says, or the run's own. */
function limitsOf(
  lane: LaneName,
  events: readonly LedgerEvent[],
  limit: number | undefined,
): (at: number) => number | undefined {
  const set = events.filter((event) => event.kind === 'limit').filter((event) => event.lane === lane)
  const [first] = set
  if (first === undefined) return () => limit
  return (at) => (set.findLast((event) => event.at <= at) ?? first).rpm
}
