import { classifyReply } from '../../capillary/classify-reply.ts'
import { classifyNoReply } from '../../capillary/classify-status.ts'
import type { Exchange, Reply } from '../../capillary/exchange.ts'
import { readEnvelope } from '../../capillary/read-envelope.ts'
import type { ReplyClass } from '../../capillary/refusal.ts'
import { batchLimitIn } from '../../capillary/v1/batch-limit.ts'
import { matchItems } from '../../capillary/v1/match-items.ts'
import { type V1Reply, readV1Reply } from '../../capillary/v1/read-v1-reply.ts'
import type { AgainVerdict, Answer } from '../../capillary/verdict.ts'
import type { LaneRow } from '../lane.ts'
import type { AddSettings } from './item-context.ts'
import { judgeItem, rejectRow, unclear } from './judge-item.ts'
import { registerV1Codes } from './register-v1-codes.ts'
import { type RegisterV1Request, identifiersIn } from './register-v1-request.ts'

/**
 * What came of `POST /v1.1/customer/add` for its rows, in the order in which they were sent. Each item is judged by
 * itself, whatever the reply says of the whole, and whatever its HTTP status (capillary-facts-2.md, A1). Never throws.
 */
export function readAdd(
  exchange: Exchange,
  rows: readonly LaneRow<RegisterV1Request>[],
  settings: AddSettings,
): Answer {
  if (exchange.kind !== 'reply') return concludeWhole(classifyNoReply(exchange), rows)
  const reply = readV1Reply(exchange.text)
  if (reply === undefined) return concludeWhole(classify(exchange), rows)
  // What is too fast is not carried out, but for what says that it was.
  const isTooFast = exchange.status === 429
  if (isTooFast && !reply.items.some(({ passed }) => passed === true)) return concludeWhole(classify(exchange), rows)
  if (reply.items.length === 0) return concludeWithout(reply, exchange, rows)
  return judgeItems(reply, exchange, rows, settings)
}

function judgeItems(
  { items, status }: V1Reply,
  { status: http, requestId }: Reply,
  rows: readonly LaneRow<RegisterV1Request>[],
  settings: AddSettings,
): Answer {
  const matches = matchItems(
    rows.map(({ request }) => identifiersIn(request.customer)),
    items,
  )
  const tooMany = [status, ...items].find(({ code, passed }) => code === TOO_MANY && passed !== true)
  const atMost = tooMany === undefined || rows.length < 2 ? undefined : batchLimitIn(tooMany.message, rows.length)
  const verdicts = rows.map((row, at) => {
    const match = matches[at]
    // Nothing of such a request is stored unless its item says so.
    if ((atMost !== undefined || http === 429) && match?.item.passed !== true) return AGAIN
    return judgeItem(row, match, { ...settings, requestId })
  })
  return { kind: 'rows', verdicts, ...(atMost !== undefined && { atMost }) }
}

/** A reply without items: about the request as a whole, or about nothing. */
function concludeWithout({ status }: V1Reply, reply: Reply, rows: readonly LaneRow<RegisterV1Request>[]): Answer {
  if (status.code === TOO_MANY && rows.length > 1) {
    return { kind: 'rows', verdicts: rows.map(() => AGAIN), atMost: batchLimitIn(status.message, rows.length) }
  }
  const saysNothing = status.code === undefined || SUMS_UP.has(status.code)
  if (!saysNothing) return concludeWhole(classify(reply), rows)
  return { kind: 'rows', verdicts: rows.map((row) => unclear(row, reply.requestId, NO_ITEMS)) }
}

/** One of several rows may be at fault; a row that stands alone is. */
function concludeWhole(answer: ReplyClass, rows: readonly LaneRow<RegisterV1Request>[]): Answer {
  switch (answer.kind) {
    case 'retry':
    case 'throttled':
    case 'halt':
      return answer
    case 'exists':
    case 'refusal': {
      const { code, message, hint } = answer
      if (rows.length > 1) return { kind: 'refused', reason: message, code, hint }
      return { kind: 'rows', verdicts: rows.map(() => rejectRow(answer)) }
    }
  }
}

function classify(reply: Reply): ReplyClass {
  const envelope = readEnvelope(reply.text)
  const errors = envelope.kind === 'v1' || envelope.kind === 'link' ? envelope.errors : []
  return classifyReply(reply, envelope, envelope.kind === 'single' ? envelope.item.errors : errors, registerV1Codes)
}

const AGAIN: AgainVerdict = { kind: 'again' }
const TOO_MANY = 1060
/** What stands at the top of a reply about items: without any, it says nothing of the rows. */
const SUMS_UP: ReadonlySet<number> = new Set([200, 201, 500])
const NO_ITEMS = 'The reply has no answer for any row'
