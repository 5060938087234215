import { describeDuration, formatCount } from '../words.ts'
import type { Execution } from './executions.ts'

/** What people want to know of while a run is under way: it will be late, or takes much longer than it used to. */
export type Delay = { readonly event: 'late' | 'slow'; readonly reason: string }

/** How far a run is. Times are milliseconds, all by one clock. */
export interface Headway {
  readonly at: number
  readonly done: number
  /** Undefined where nobody knows. */
  readonly inAll: number | undefined
}

/** How many executions say what is usual, and how few are too few to say. */
const USUAL_OF = 10
const USUAL_LEAST = 3
/** What takes so many times the usual time is slow; what is over sooner than that by the clock is no news. */
const SLOW_TIMES = 2
const SLOW_LEAST_MS = 60_000
/** A pace is known after so long, and is that of so long. */
const PACE_LEAST_MS = 60_000
export const PACE_OVER_MS = 600_000

/**
 * The first time of day `time` (`06:00`) in `zone` behind `from`, in milliseconds since the epoch. Where the clocks skip it
 * that day, it comes an hour later by the clock.
 */
export function nextTimeOfDay(time: string, zone: string, from: number): number {
  const begun = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(zone)
  const today = begun.withPlainTime(Temporal.PlainTime.from(time))
  const next = Temporal.ZonedDateTime.compare(today, begun) > 0 ? today : tomorrow(begun, time)
  return next.epochMilliseconds
}

function tomorrow(begun: Temporal.ZonedDateTime, time: string): Temporal.ZonedDateTime {
  return begun.toPlainDate().add({ days: 1 }).toZonedDateTime({ timeZone: begun.timeZoneId, plainTime: time })
}

/** The median time that executions took which finished, in milliseconds; undefined where there are too few. */
export function usualMs(latest: readonly Execution[]): number | undefined {
  const times = latest
    .flatMap(({ outcome, run, startedAt, endedAt }) =>
      outcome === 'finished' && run !== undefined && endedAt !== undefined ? [endedAt - startedAt] : [],
    )
    .slice(0, USUAL_OF)
    .toSorted((a, b) => a - b)
  return times.length < USUAL_LEAST ? undefined : times[Math.floor(times.length / 2)]
}

/**
 * When a run that has come so far will be done, at its pace of the last ten minutes; undefined where that cannot be told
 * yet. `headway`: the latest last.
 */
export function doneAt(headway: readonly Headway[]): number | undefined {
  const last = headway.at(-1)
  const first = last && headway.find(({ at }) => last.at - at <= PACE_OVER_MS)
  if (last?.inAll === undefined || first === undefined || last.at - first.at < PACE_LEAST_MS) return undefined
  const left = last.inAll - last.done
  if (left <= 0) return last.at
  const perMs = (last.done - first.done) / (last.at - first.at)
  return perMs > 0 ? last.at + left / perMs : Infinity
}

export interface Night {
  /** When it is to be done by, in milliseconds since the epoch. */
  readonly deadline: number | undefined
  /** As its owner wrote it. */
  readonly beDoneBy: string | undefined
  readonly usualMs: number | undefined
}

/**
 * What is to be said of a run at this moment. `now`: by the clock of `night`; `expected`: when it will be done, by it.
 * `tookMs`: how long it has been under way.
 */
export function delaysOf(
  { deadline, beDoneBy, usualMs: usual }: Night,
  { now, expected, tookMs }: { readonly now: number; readonly expected: number | undefined; readonly tookMs: number },
): readonly Delay[] {
  const delays: Delay[] = []
  if (deadline !== undefined && (now > deadline || (expected !== undefined && expected > deadline))) {
    delays.push({ event: 'late', reason: lateReason({ now, expected, deadline, beDoneBy: beDoneBy ?? '' }) })
  }
  if (usual !== undefined && tookMs > SLOW_TIMES * usual && tookMs > SLOW_LEAST_MS) {
    const reason = `It has taken ${describeDuration(tookMs)} so far; the usual time is ${describeDuration(usual)}.`
    delays.push({ event: 'slow', reason })
  }
  return delays
}

function lateReason({
  now,
  expected,
  deadline,
  beDoneBy,
}: {
  readonly now: number
  readonly expected: number | undefined
  readonly deadline: number
  readonly beDoneBy: string
}): string {
  if (now > deadline) return `It was to be done by ${beDoneBy}, which is past.`
  if (expected === undefined || expected === Infinity)
    return `It will not be done by ${beDoneBy}: no row has been done for a while.`
  return `It will not be done by ${beDoneBy}: at the pace of the moment, ${describeDuration(expected - deadline)} later.`
}

/** `12,000 of 50,000 rows are done.` */
export function describeHeadway({ done, inAll }: Headway): string {
  const all = inAll === undefined ? '' : ` of ${formatCount(inAll)}`
  return `${formatCount(done)}${all} rows are done.`
}
