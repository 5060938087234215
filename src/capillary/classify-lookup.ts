import { classifyReply } from './classify-reply.ts'
import { classifyNoReply } from './classify-status.ts'
import { lookUpCodes } from './codes/look-up-codes.ts'
import type { Exchange, Reply } from './exchange.ts'
import { readEnvelope } from './read-envelope.ts'
import type { HaltVerdict, RetryVerdict, ThrottledVerdict } from './verdict.ts'
import type { ReplyClass } from './refusal.ts'

export type LookupVerdict =
  | { readonly kind: 'found'; readonly customerId: string }
  /** The API knows no such member, or will not say: asking again does not help. */
  | { readonly kind: 'absent'; readonly code?: number; readonly message: string }
  | RetryVerdict
  | ThrottledVerdict
  | HaltVerdict

/** What came of `GET /v2/customers/lookup`. Never throws. */
export function classifyLookup(exchange: Exchange): LookupVerdict {
  const answer = exchange.kind === 'reply' ? readLookup(exchange) : classifyNoReply(exchange)
  if (answer.kind !== 'refusal' && answer.kind !== 'exists') return answer
  return { kind: 'absent', code: answer.code, message: answer.message }
}

function readLookup(reply: Reply): ReplyClass | Extract<LookupVerdict, { kind: 'found' }> {
  const envelope = readEnvelope(reply.text)
  if (envelope.kind !== 'single') return classifyReply(reply, envelope, [], lookUpCodes)
  if (envelope.entity !== undefined) return { kind: 'found', customerId: envelope.entity }
  return classifyReply(reply, envelope, envelope.item.errors, lookUpCodes)
}
