import type { Reply } from './exchange.ts'

/**
 * What the reply's `Retry-After` asks for, in milliseconds: seconds, or an HTTP date. A date is read against the
 * reply's own `Date`, so that a wrong clock here does no harm; without one it says nothing to us.
 * Source: RFC 9110, 10.2.3.
 */
export function retryAfterMs({ headers }: Reply): number | undefined {
  const value = headers['retry-after']?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(value)) return Math.ceil(Number(value) * 1000)
  const waitMs = Date.parse(value) - Date.parse(headers.date ?? '')
  return Number.isNaN(waitMs) ? undefined : Math.max(0, waitMs)
}
