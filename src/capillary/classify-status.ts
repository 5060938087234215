import { findCode } from './code-table.ts'
import { requestCodes } from './codes/request-codes.ts'
import type { Envelope } from './envelope.ts'
import type { Denied, Fault, Reply } from './exchange.ts'
import { retryAfterMs } from './retry-after.ts'
import type { HaltVerdict, RetryVerdict, ThrottledVerdict } from './verdict.ts'
import type { Refusal } from './refusal.ts'

/** What the HTTP status alone means, where the body brought neither success nor an error. */
export function classifyStatus(
  reply: Reply,
  envelope: Envelope,
): RetryVerdict | ThrottledVerdict | HaltVerdict | Refusal {
  const { status, requestId } = reply
  if (status === 429) return { kind: 'throttled', retryAfterMs: retryAfterMs(reply), requestId }
  const reason = `HTTP ${status} with ${envelope.kind === 'none' ? envelope.why : 'no word on what became of the request'}`
  if (envelope.kind === 'none' && envelope.ofRow === true) {
    return { kind: 'retry', reason, scope: 'row', ambiguous: true, requestId }
  }
  const entry = findCode(requestCodes, 'error', status)
  if (status >= 300 && status < 400)
    return { kind: 'halt', reason: `HTTP ${status}: the host sends us elsewhere`, remedy: remedyOf(404), requestId }
  if (entry?.class === 'halt')
    return { kind: 'halt', reason: `${reason}. ${entry.meaning}`, remedy: entry.remedy, code: status, requestId }
  const afterMs = retryAfterMs(reply)
  if (status >= 200 && status < 300) {
    const scope = envelope.kind === 'none' ? 'transport' : 'row'
    return { kind: 'retry', reason, afterMs, scope, ambiguous: true, requestId }
  }
  if (status < 400 || status >= 500)
    return { kind: 'retry', reason, afterMs, scope: 'transport', ambiguous: true, requestId }
  if (entry?.class === 'retry') {
    return {
      kind: 'retry',
      reason,
      afterMs,
      scope: entry.scope ?? 'row',
      ambiguous: entry.ambiguous === true,
      requestId,
    }
  }
  return { kind: 'refusal', code: status, message: reason, hint: entry?.remedy }
}

/**
 * What it means that no reply came. A fault of the network passes; a certificate that does not fit and refused
 * credentials need a person; a header that HTTP cannot carry is the row's own.
 */
export function classifyNoReply(exchange: Fault | Denied): RetryVerdict | HaltVerdict | Refusal {
  if (exchange.kind === 'denied') {
    return {
      kind: 'halt',
      reason: exchange.message,
      remedy: remedyOf(exchange.status === 404 ? 404 : 401),
      code: exchange.code,
    }
  }
  const { code, message, maybeSent } = exchange
  const reason = `${message} (${code})`
  if (!maybeSent && certificateFaults.test(code)) return { kind: 'halt', reason, remedy: remedyOf(404) }
  if (!maybeSent && code === 'PROXY_REFUSED') return { kind: 'halt', reason, remedy: PROXY_REMEDY }
  if (!maybeSent && unsendable.test(code))
    return { kind: 'refusal', message: reason, hint: remedyOf(400), unsent: true }
  // Our own stop says nothing about the lane.
  return { kind: 'retry', reason, scope: code === 'ABORTED' ? 'row' : 'transport', ambiguous: maybeSent }
}

const PROXY_REMEDY =
  'Give the user and password that it asks for in HTTPS_PROXY, as in http://user:password@proxy.example.com:3128, or name the host in NO_PROXY. Then resume the run.'

const certificateFaults = /^(CERT_|ERR_TLS_CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_)/

const unsendable = /^ERR_(INVALID_|HTTP_INVALID_|UNESCAPED_)/

function remedyOf(status: number): string {
  return findCode(requestCodes, 'error', status)?.remedy ?? ''
}
