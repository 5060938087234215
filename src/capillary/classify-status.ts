import { findCode } from './code-table.ts'
import { requestCodes } from './codes/request-codes.ts'
import { describeStatus } from './describe-status.ts'
import type { Envelope } from './envelope.ts'
import type { Denied, Fault, Reply, Unauthorized } from './exchange.ts'
import { retryAfterMs } from './retry-after.ts'
import type { HaltVerdict, RetryVerdict, ThrottledVerdict } from './verdict.ts'
import type { Refusal } from './refusal.ts'

/** What the HTTP status alone means, where the body brought neither success nor an error. */
export function classifyStatus(
  reply: Reply,
  envelope: Envelope,
): RetryVerdict | ThrottledVerdict | HaltVerdict | Refusal {
  const { status, requestId } = reply
  const reason = describeStatus(reply, envelope)
  if (status === 429) return { kind: 'throttled', reason, retryAfterMs: retryAfterMs(reply), requestId }
  if (envelope.kind === 'none' && envelope.ofRow === true) {
    return { kind: 'retry', reason, scope: 'row', ofRowAlone: true, ambiguous: true, requestId }
  }
  const entry = findCode(requestCodes, 'error', status)
  const refused = { kind: 'halt', about: 'request', byGateway: envelope.kind === 'none', requestId } as const
  if (status >= 300 && status < 400)
    return { ...refused, reason: `${reason}. The host sends us elsewhere`, remedy: remedyOf(404), code: status }
  if (entry?.class === 'halt')
    return { ...refused, reason: `${reason}. ${withoutStop(entry.meaning)}`, remedy: entry.remedy, code: status }
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
      ...(entry.ofRowAlone && { ofRowAlone: true }),
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
export function classifyNoReply(exchange: Fault | Denied | Unauthorized): RetryVerdict | HaltVerdict | Refusal {
  if (exchange.kind === 'unauthorized') return classifyUnauthorized(exchange)
  if (exchange.kind === 'denied') {
    return {
      kind: 'halt',
      about: 'account',
      reason: exchange.message,
      remedy: remedyOf(exchange.status === 404 ? 404 : 401),
      code: exchange.code,
    }
  }
  const { code, message, maybeSent, noToken } = exchange
  const reason = `${message} (${code})`
  if (!maybeSent && certificateFaults.test(code))
    return { kind: 'halt', about: 'request', reason, remedy: remedyOf(404) }
  if (!maybeSent && code === 'PROXY_REFUSED') return { kind: 'halt', about: 'request', reason, remedy: PROXY_REMEDY }
  if (!maybeSent && unsendable.test(code))
    return { kind: 'refusal', message: reason, hint: remedyOf(400), unsent: true }
  // The row has lost nothing: it was not sent, and waits for a token with all others.
  if (noToken === true) return { kind: 'retry', reason, afterMs: 0, scope: 'account', ambiguous: false }
  // Our own stop says nothing about the lane.
  if (code === 'ABORTED') return { kind: 'retry', reason, scope: 'row', ofRowAlone: true, ambiguous: maybeSent }
  return { kind: 'retry', reason, scope: 'transport', ambiguous: maybeSent }
}

const PROXY_REMEDY =
  'Give the user and password that it asks for in HTTPS_PROXY, as in http://user:password@proxy.example.com:3128, or name the host in NO_PROXY. Then resume the run.'

function classifyUnauthorized({ of, again, sole, message, requestId }: Unauthorized): RetryVerdict | HaltVerdict {
  // Nothing was carried out: the row has lost nothing, and goes again with the next token.
  if (of === 'token')
    return {
      kind: 'retry',
      reason: message,
      afterMs: again ? OTHERS_FIRST_MS : 0,
      scope: 'account',
      ambiguous: false,
      requestId,
    }
  const refused = { kind: 'halt', remedy: remedyOf(401), code: 401, requestId } as const
  if (of === 'account') return { ...refused, about: of, sole, reason: `${message}. ${withoutStop(meaningOf(401))}` }
  return { ...refused, about: of, reason: `${message}, though others are served with the same credentials` }
}

/** In that time, the next token has served somebody. */
const OTHERS_FIRST_MS = 2_000

const certificateFaults = /^(CERT_|ERR_TLS_CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT|UNABLE_TO_)/

const unsendable = /^ERR_(INVALID_|HTTP_INVALID_|UNESCAPED_)/

/** A reason goes on in what is said with it. */
function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '')
}

function meaningOf(status: number): string {
  return findCode(requestCodes, 'error', status)?.meaning ?? ''
}

function remedyOf(status: number): string {
  return findCode(requestCodes, 'error', status)?.remedy ?? ''
}
