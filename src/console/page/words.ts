const number = new Intl.NumberFormat('en')
const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

export function count(value: number | undefined): string {
  return value === undefined ? '–' : number.format(value)
}

export function plural(value: number, word: string): string {
  return `${count(value)} ${word}${value === 1 ? '' : 's'}`
}

/** A time in the reader's own zone. */
export function when(time: string | number | null | undefined): string {
  return time === null || time === undefined ? '' : moment.format(new Date(time))
}

/** `3 min 20 s` */
export function span(seconds: number | undefined): string {
  if (seconds === undefined || !Number.isFinite(seconds)) return '–'
  const whole = Math.max(Math.round(seconds), 0)
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}

export const STATUSES = ['ok', 'warned', 'rejected', 'failed', 'invalid', 'skipped', 'open'] as const

/** What became of one time of a sync, in words. */
export function outcomeWords(outcome: string | undefined): string {
  if (outcome === undefined) return 'not run yet'
  return outcome === 'guard' ? 'held back' : outcome
}

/** What each status and state means, for a tooltip and for readers of screens. */
export const MEANINGS: Readonly<Record<string, string>> = {
  ok: 'everything that the plan asks for is done',
  warned: 'done, but the API dropped, cut or merged something',
  rejected: 'the API said no, and would say no again',
  failed: 'no final answer after every attempt',
  invalid: 'never sent: the row does not satisfy the plan',
  skipped: 'not sent on purpose',
  open: 'in flight: taken up, and without its answer as yet',
  running: 'a process is at work on it',
  finished: 'every row has its answer',
  paused: 'stopped in order; it can go on',
  halted: 'it stopped itself, and says why; it can go on',
  crashed: 'its process died; it can go on, and nothing is lost',
  cancelled: 'ended for good; what was sent stays sent',
  unreadable: 'its record cannot be read',
}
