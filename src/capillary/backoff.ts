/**
 * How long to wait before the next attempt, in whole milliseconds: exponential with full jitter,
 * that is anything between 0 and min(capMs, baseMs * 2^(attempt - 1)).
 * `attempt` counts the attempts made so far, from 1. `random` gives 0 to just below 1.
 */
export function backoffMs(
  attempt: number,
  { baseMs = 1000, capMs = 60_000 }: { readonly baseMs?: number; readonly capMs?: number } = {},
  random: () => number = Math.random,
): number {
  const ceiling = Math.min(capMs, baseMs * 2 ** (Math.max(1, attempt) - 1))
  return Math.floor(random() * ceiling)
}
