/**
 * Whether an account was registered by a request of ours whose reply was lost, by its `registered_on`: `ours`, `before`
 * it, or undefined where that cannot be told.
 *
 * V1 has times without an offset, by the clock of the cluster (capillary-facts-2.md, A1), and where that stands is not
 * known: so times are compared but for whole quarters of an hour, up to the fourteen hours by which clocks differ.
 * `sent`: what the row itself said of when the member registered. `since`, `now`: milliseconds since the epoch, between
 * which ours was sent.
 */
export function registeredWhen(
  registeredOn: string | undefined,
  { sent, since, now }: { readonly sent: string | undefined; readonly since: number | undefined; readonly now: number },
): 'ours' | 'before' | undefined {
  const shown = wallTime(registeredOn)
  if (shown === undefined) return undefined
  const asked = wallTime(sent)
  if (asked !== undefined) return isWithin(shown, asked - TOLERANCE_MS, asked + TOLERANCE_MS) ? 'ours' : 'before'
  const from = since ?? now - LOST_AT_MOST_MS
  return isWithin(shown, from - TOLERANCE_MS, now + TOLERANCE_MS) ? 'ours' : 'before'
}

/** Whether a clock somewhere shows that time at a moment between the two. */
function isWithin(shown: number, from: number, to: number): boolean {
  // The earliest moment, not before the first of the two, at which a clock that is so many quarters off shows it.
  const earliest = from + ((((shown - from) % QUARTER_MS) + QUARTER_MS) % QUARTER_MS)
  return earliest <= to && Math.abs(shown - from) <= FURTHEST_MS + (to - from)
}

const QUARTER_MS = 15 * 60_000
const FURTHEST_MS = 14 * 60 * 60_000
/** The host's clock and ours may differ by so much, beside their time zones. */
const TOLERANCE_MS = 2 * 60_000
const LOST_AT_MOST_MS = 24 * 60 * 60_000

function wallTime(text: string | undefined): number | undefined {
  const [, day, time = '00:00:00'] = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2}))?/.exec(text ?? '') ?? []
  if (day === undefined) return undefined
  const milliseconds = Date.parse(`${day}T${time}Z`)
  return Number.isNaN(milliseconds) ? undefined : milliseconds
}
