import type { LaneTraffic, Ledger, LedgerEvent, ReasonCount } from '../ledger/ledger.ts'
import { laneNames } from '../lanes/lanes.ts'
import type { LaneName, PassedOver, Status } from '../model.ts'
import type { FamilyCounts, VerificationFindings } from './relatives.ts'
import { remarksOf } from './to-look-at.ts'

/** What the reports need to know of a run beyond its ledger. Times are ISO 8601, UTC. */
export interface RunInfo {
  readonly run: string
  readonly file: string
  readonly sha256: string
  readonly plan: string
  readonly state: 'finished' | 'paused' | 'halted' | 'cancelled'
  /** Requests per minute of each lane that the plan has; null where it is unlimited. */
  readonly limits: Record<LaneName, number | null>
  /** The same of lanes on whose limits those send as well: look-ups. */
  readonly otherLimits?: Record<LaneName, number | null>
  /** Why it is halted, and what to do about it. */
  readonly reason?: string
  readonly remedy?: string
  readonly planSha256?: string
  /** Where its API is. */
  readonly baseUrl?: string
  /** What started rollcall: commands are named so. */
  readonly command?: string
  readonly priority?: string
  /** Rows to read at most. */
  readonly rowLimit?: number
  readonly family?: FamilyCounts | undefined
  readonly verification?: VerificationFindings | undefined
  readonly startedAt: string
  readonly finishedAt?: string
}

/** The content of summary.json. */
export interface Summary extends Readonly<Record<Status, number>> {
  readonly run: string
  readonly file: string
  readonly sha256: string
  readonly plan: string
  readonly state: RunInfo['state']
  /** Rows read so far; those without a status as yet are in none of the counts. */
  readonly rows: number
  readonly lanes: Record<LaneName, LaneSummary>
  /** Most rows first; at most 1,000. */
  readonly codes: readonly CodeSummary[]
  /** Why rows were not sent on purpose; most rows first. */
  readonly skipped_because: readonly ReasonSummary[]
  /** Values that were sent and may not be meant as they were read, most rows first; absent where there are none. */
  readonly doubts?: readonly ReasonSummary[] | undefined
  /**
   * What is to be said of columns by all their values, each beginning with the column's name; absent where there is
   * nothing.
   */
  readonly remarks?: readonly string[] | undefined
  /** What stood among the rows and is no record, so that `rows` does not count it; absent where there was nothing such. */
  readonly passed_over?: readonly PassedOver[] | undefined
  /** How the file stands after all runs over it, where there are several. */
  readonly family?: FamilyCounts | undefined
  readonly started_at: string
  readonly finished_at: string | null
}

export interface LaneSummary {
  readonly requests: number
  readonly retries: number
  /** Replies of HTTP 429, the times that the lane was held because of them, and for how long in all. */
  readonly throttled: number
  readonly throttled_times: number
  readonly throttled_seconds: number
  readonly limit_rpm: number | null
  /** Requests a minute from the first to the last, to a tenth; null below two requests. */
  readonly mean_rpm: number | null
}

export interface CodeSummary {
  readonly lane: LaneName
  readonly code: number | null
  readonly message: string
  readonly rows: number
}

export interface ReasonSummary {
  readonly message: string
  readonly rows: number
}

/** Sums up a run, as summary.json has it. */
export function summarise(
  ledger: Pick<Ledger, 'counts' | 'traffic' | 'codes' | 'skips' | 'doubts' | 'meta' | 'events'>,
  info: RunInfo,
): Summary {
  const { rows, statuses } = ledger.counts()
  const traffic = ledger.traffic()
  const doubts = ledger.doubts()
  const lanes: Summary['lanes'] = {}
  for (const lane of laneNames) {
    if (info.limits[lane] === undefined && traffic[lane] === undefined) continue
    const limit = info.limits[lane] ?? info.otherLimits?.[lane] ?? null
    lanes[lane] = laneSummary(traffic[lane], limit, highestLimit(lane, limit, ledger.events()))
  }
  return {
    run: info.run,
    file: info.file,
    sha256: info.sha256,
    plan: info.plan,
    state: info.state,
    rows,
    ok: statuses.ok,
    warned: statuses.warned,
    rejected: statuses.rejected,
    failed: statuses.failed,
    invalid: statuses.invalid,
    skipped: statuses.skipped,
    lanes,
    codes: ledger.codes().map(({ lane, code = null, message, rows: met }) => ({ lane, code, message, rows: met })),
    skipped_because: ledger.skips().map(reasonOf),
    ...(doubts.length > 0 && { doubts: doubts.map(reasonOf) }),
    ...remarksOf(ledger),
    ...passedOver(ledger),
    ...(info.family !== undefined && { family: info.family }),
    started_at: info.startedAt,
    finished_at: info.finishedAt ?? null,
  }
}

function reasonOf({ message, rows }: ReasonCount): ReasonSummary {
  return { message, rows }
}

/** What the run's session noted of its file. */
function passedOver(ledger: Pick<Ledger, 'meta'>): Pick<Summary, 'passed_over'> {
  const noted = ledger.meta.get('passed_over')
  return Array.isArray(noted) ? { passed_over: noted } : {}
}

/** The mean pace between a lane's first and last request, in requests a minute; undefined below two requests. */
export function meanRpm({
  requests,
  firstAt,
  lastAt,
}: Pick<LaneTraffic, 'requests' | 'firstAt' | 'lastAt'>): number | undefined {
  if (requests < 2 || firstAt === undefined || lastAt === undefined || lastAt <= firstAt) return undefined
  return ((requests - 1) * 60_000) / (lastAt - firstAt)
}

/**
 * Whether a mean pace says something to people: over less than ten seconds, a slot's few milliseconds more or less make
 * it look as if the limit had been overstepped.
 */
export function isTellingPace({ requests, mean_rpm }: Pick<LaneSummary, 'requests' | 'mean_rpm'>): boolean {
  return mean_rpm !== null && requests - 1 >= (mean_rpm / 60) * 10
}

const noTraffic: LaneTraffic = { requests: 0, retries: 0, throttled: 0, holds: 0, heldMs: 0 }

/** The highest of the limits that a lane has gone at: `rollcall pace` may have changed it. */
function highestLimit(lane: LaneName, limit: number | null, events: readonly LedgerEvent[]): number {
  const set = events.flatMap((event) => (event.kind === 'limit' && event.lane === lane ? [event.rpm ?? Infinity] : []))
  return Math.max(limit ?? Infinity, ...set)
}

/** A slot's few milliseconds more or less make a mean look as if the limit had been overstepped: it shows no more than that. */
function laneSummary(traffic: LaneTraffic | undefined, limit: number | null, highest: number): LaneSummary {
  const { requests, retries, throttled, holds, heldMs } = traffic ?? noTraffic
  const mean = traffic === undefined ? undefined : meanRpm(traffic)
  return {
    requests,
    retries,
    throttled,
    throttled_times: holds,
    throttled_seconds: Math.round(heldMs / 1000),
    limit_rpm: limit,
    mean_rpm: mean === undefined ? null : Math.round(Math.min(mean, highest) * 10) / 10,
  }
}
