import type { LaneName, RequestResult } from '../../model.ts'
import type { AppEvent } from '../events.ts'
import { type MutableTotals, type Totals, countOn, noTotals } from './totals.ts'

/** Counts what this process does, from the events that tell of it. */
export interface WorkTotals {
  on(event: AppEvent): void
  /** As it is at that time: milliseconds since the epoch. */
  now(at: number): Totals
}

/** A rate is only known of a counter that was there before: a lane begins with these. */
const REQUEST_RESULTS: readonly RequestResult[] = ['ok', 'rejected', 'retried', 'throttled', 'lost']

export function countWork(): WorkTotals {
  const totals = noTotals()
  const holds = new Map<LaneName, Hold>()

  function notice(said: Extract<AppEvent, { kind: 'notice' }>['notice']): void {
    if (said.kind === 'down' || said.kind === 'up') totals.up[said.lane] = said.kind === 'up'
  }

  return {
    on(event) {
      switch (event.kind) {
        case 'request':
          countOn(totals.requests, event.lane, event.result, 1)
          return
        case 'row-answered':
          countOn(totals.rows, event.lane, event.result, 1)
          return
        case 'lane-load':
          totals.inFlight[event.lane] = event.rows
          return
        case 'lane-limit':
          setLimit(totals.limits, event.lane, event.rpm)
          return
        case 'lane-health':
          totals.up[event.lane] = event.up
          for (const result of REQUEST_RESULTS) countOn(totals.requests, event.lane, result, 0)
          totals.inFlight[event.lane] ??= 0
          return
        case 'lane-held':
          holds.set(event.lane, longerHold(holds.get(event.lane), event))
          return
        case 'progress':
          for (const [lane, rpm] of Object.entries(event.limits)) setLimit(totals.limits, lane, rpm)
          return
        case 'notice':
          notice(event.notice)
          return
        default:
          return
      }
    },
    now(at) {
      const throttledSeconds = Object.fromEntries(
        [...Object.keys(totals.up), ...holds.keys()].map((lane) => [lane, heldMs(holds.get(lane), at) / 1000]),
      )
      return { ...totals, throttledSeconds }
    },
  }
}

function setLimit(limits: MutableTotals['limits'], lane: LaneName, rpm: number | undefined): void {
  if (rpm === undefined) delete limits[lane]
  else limits[lane] = rpm
}

/** The hold of the moment, or the last one; `beforeMs`: all before it. Holds that overlap are one. */
interface Hold {
  readonly beforeMs: number
  readonly from: number
  readonly until: number
}

function longerHold(known: Hold | undefined, { from, until }: Omit<Hold, 'beforeMs'>): Hold {
  if (known === undefined) return { beforeMs: 0, from, until }
  if (from <= known.until) return { ...known, until: Math.max(known.until, until) }
  return { beforeMs: known.beforeMs + known.until - known.from, from, until }
}

function heldMs(hold: Hold | undefined, at: number): number {
  if (hold === undefined) return 0
  return hold.beforeMs + Math.max(Math.min(at, hold.until) - hold.from, 0)
}
