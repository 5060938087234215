/**
 * A slot that waited for a word of the broker's may be used so late: as much of the time by which requests may differ on
 * their way as the book does not use itself.
 */
export const SLOT_LASTS_MS = 250

/**
 * Tells by how many ms an answer came later than such answers usually do: by so much a slot that waited for it has passed.
 * How long they usually take, on a far broker, moves all requests alike.
 */
export function createLateness(): (tookMs: number) => number {
  let usualMs = Infinity
  return (tookMs) => {
    usualMs = Math.min(usualMs, tookMs)
    return tookMs - usualMs
  }
}
