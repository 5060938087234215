import type { Reply } from './exchange.ts'

/**
 * What the reply's `Retry-After` asks for, in milliseconds: seconds, or an HTTP date. A date is read against the
 * reply's own `Date`, so that a wrong clock here does no harm; without one it says nothing to us, and neither does what
 * is neither of the two, such as a negative number. A day at most: whoever asks for more is asked again tomorrow.
 * Source: RFC 9110, 10.2.3.
 */
export function retryAfterMs({ headers }: Reply): number | undefined {
  const value = headers['retry-after']?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(value)) return Math.min(Math.ceil(Number(value) * 1000), LONGEST_MS)
  if (!/^[a-z]/i.test(value)) return undefined
  const waitMs = Date.parse(value) - Date.parse(headers.date ?? '')
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(0, waitMs), LONGEST_MS)
}

const LONGEST_MS = 24 * 60 * 60 * 1000
