import { classifyReply } from '../../capillary/classify-reply.ts'
import { classifyNoReply } from '../../capillary/classify-status.ts'
import { lookUpCodes } from '../../capillary/codes/look-up-codes.ts'
import { fieldOf, idOf, numberOf } from '../../capillary/coerce.ts'
import type { Exchange, Reply } from '../../capillary/exchange.ts'
import { parseJson } from '../../capillary/parse-json.ts'
import { readEnvelope } from '../../capillary/read-envelope.ts'
import type { ReplyClass } from '../../capillary/refusal.ts'
import type { HaltVerdict, RetryVerdict, ThrottledVerdict } from '../../capillary/verdict.ts'

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
function readBalance(reply: Reply): ReplyClass | Extract<BalanceVerdict, { kind: 'found' }> {
  const envelope = readEnvelope(reply.text)
  const errors = envelope.kind === 'single' ? envelope.item.errors : []
  const body = parseJson(reply.text)?.value
  const customerId = idOf(fieldOf(body, 'entityId'))
  if (customerId === undefined || errors.length > 0) return classifyReply(reply, envelope, errors, lookUpCodes)
  const points = numberOf(fieldOf(body, 'totalPoints')) ?? numberOf(fieldOf(body, 'mainPoints'))
  return { kind: 'found', customerId, points, requestId: reply.requestId }
}

function requestIdOf(exchange: Exchange): string | undefined {
  return exchange.kind === 'reply' ? exchange.requestId : undefined
}
