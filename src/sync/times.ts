import { getNextMillis } from 'bullmq'

/** When a sync is due. `cron`: five fields, or six with seconds in front; `zone`: an IANA time zone. */
export interface Schedule {
  readonly cron: string
  readonly zone: string
}

/** A time that is late by no more than this was not missed: the scheduler was only busy. */
const GRACE_MS = 5 * 60_000
/** Times that are told one by one; beyond, nobody reads them. */
const MOST_TIMES = 1_000

/**
 * The first time after `after`, in milliseconds since the epoch: the very function by which BullMQ's job schedulers
 * count. A local time that daylight saving leaves out comes an hour later by the clock; one that comes twice, the first
 * time alone. Throws where the pattern is none.
 */
export function nextTime({ cron, zone }: Schedule, after: number): number {
  const next = getNextMillis(after, { pattern: cron, tz: zone })
  if (next === undefined) throw new Error(`no time follows for ${cron}`)
  return next
}

/** Of the times from `due` to `now`, those that were missed: `due` itself where it is late, and all that followed. */
export function missedTimes(schedule: Schedule, due: number, now: number): readonly number[] {
  if (now - due <= GRACE_MS) return []
  const missed = [due]
  for (let next = nextTime(schedule, due); next <= now && missed.length < MOST_TIMES; next = nextTime(schedule, next)) {
    missed.push(next)
  }
  return missed
}
