import { describeDuration } from '../../words.ts'
import type { Finding } from './finding.ts'

/** When a request left and its reply was there by our clock, and what the reply's `Date` says; milliseconds since the epoch. */
export interface ClockReading {
  readonly sentAt: number
  readonly answeredAt: number
  readonly apiTime: number | undefined
}

/** A `Date` has whole seconds, and the reply was under way for a part of the time. */
const WARNED_FROM_MS = 10_000

/** Whether our clock goes as the API's does. */
export function judgeClock({ sentAt, answeredAt, apiTime }: ClockReading): Finding {
  if (apiTime === undefined || Number.isNaN(apiTime)) {
    return {
      name: 'clock',
      state: 'warned',
      message: "There is no `Date` of the API's to compare this machine's clock with.",
    }
  }
  // The second that `Date` names may have been over by almost one.
  const [earliest, latest] = [sentAt - (apiTime + 1_000), answeredAt - apiTime]
  const aheadMs = earliest > 0 ? earliest : Math.min(latest, 0)
  if (Math.abs(aheadMs) < WARNED_FROM_MS) {
    return { name: 'clock', state: 'ok', message: "This machine's clock goes as the API's does." }
  }
  const by = describeDuration(Math.abs(aheadMs))
  return {
    name: 'clock',
    state: 'warned',
    message: `This machine's clock is ${by} ${aheadMs > 0 ? 'ahead of' : 'behind'} the API's: times in reports, and of syncs, are off by as much.`,
    remedy: 'Have the clock set by NTP (timedatectl set-ntp true).',
  }
}
