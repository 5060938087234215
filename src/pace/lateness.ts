import { LATE_MS } from './slot-book.ts'

/**
 * Tells whether an answer took so much longer than usual that a slot that waited for it has passed: all who wait for
 * such answers would go at once. How long they usually take, on a far broker, moves all requests alike.
 */
export function createLateness(): (tookMs: number) => boolean {
  let usualMs = Infinity
  return (tookMs) => {
    usualMs = Math.min(usualMs, tookMs)
    return tookMs - usualMs > LATE_MS
  }
}
