import { classifyNoReply } from './classify-status.ts'
import { fieldOf, idOf, numberOf } from './coerce.ts'
import type { Exchange, Reply } from './exchange.ts'
import { parseJson } from './parse-json.ts'
import { readEnvelope } from './read-envelope.ts'
import type { HaltVerdict, RetryVerdict, ThrottledVerdict } from './verdict.ts'
import { weigh } from './weigh.ts'
import type { Weighed } from './weighed.ts'

export type BalanceVerdict =
  /** `points`: redeemable and promised ones together; absent where the reply has none. */
  | { readonly kind: 'found'; readonly customerId: string; readonly points?: number; readonly requestId?: string }
  /** The API knows no such member, or will not say: asking again does not help. */
  | {
      readonly kind: 'absent'
      readonly code?: number
      readonly message: string
      readonly hint?: string
      readonly requestId?: string
    }
  | RetryVerdict
  | ThrottledVerdict
  | HaltVerdict

/** What came of `GET /v2/customers/lookup/points/balance`. Never throws. */
export function classifyBalance(exchange: Exchange): BalanceVerdict {
  const answer = exchange.kind === 'reply' ? readBalance(exchange) : classifyNoReply(exchange)
  if (answer.kind !== 'refusal' && answer.kind !== 'exists') return answer
  const { code, message, hint } = answer
  return { kind: 'absent', code, message, hint, requestId: requestIdOf(exchange) }
}

/** The reply has no envelope of its own: an `entityId` and points, or `errors` (capillary-facts.md, section 5). */
function readBalance(reply: Reply): Weighed | Extract<BalanceVerdict, { kind: 'found' }> {
  const envelope = readEnvelope(reply.text)
  const errors = envelope.kind === 'single' ? envelope.item.errors : []
  const body = parseJson(reply.text)?.value
  const customerId = idOf(fieldOf(body, 'entityId'))
  if (customerId === undefined || errors.length > 0) return weigh(reply, envelope, errors, 'balance')
  const points = numberOf(fieldOf(body, 'totalPoints')) ?? numberOf(fieldOf(body, 'mainPoints'))
  return { kind: 'found', customerId, points, requestId: reply.requestId }
}

function requestIdOf(exchange: Exchange): string | undefined {
  return exchange.kind === 'reply' ? exchange.requestId : undefined
}
