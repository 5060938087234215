import { classifyReply } from '../../capillary/classify-reply.ts'
import { classifyNoReply } from '../../capillary/classify-status.ts'
import { findCode } from '../../capillary/code-table.ts'
import { nothingToDo } from '../../capillary/codes/remedies.ts'
import { booleanOf, fieldOf } from '../../capillary/coerce.ts'
import { describeWarnings, statusGiven } from '../../capillary/describe-warnings.ts'
import type { Item } from '../../capillary/envelope.ts'
import type { Exchange } from '../../capillary/exchange.ts'
import { parseJson } from '../../capillary/parse-json.ts'
import { readEnvelope } from '../../capillary/read-envelope.ts'
import type { ReplyClass } from '../../capillary/refusal.ts'
import type { FinalVerdict, HaltVerdict, RetryVerdict, ThrottledVerdict } from '../../capillary/verdict.ts'
import type { Warning } from '../../model.ts'
import { updateCodes } from './update-codes.ts'
import { ANOTHERS_ACCOUNT } from '../../words.ts'

/**
 * What came of `PUT /v2/customers/lookup` for its row: the reply is that of a registration, its `createdId` the member who
 * was changed (capillary-facts-2.md, B1). The same again changes nothing more, so that a lost reply needs no look-up.
 * `expectedId`: that of the member whom the row was found to be before. Never throws.
 */
export function classifyUpdate(
  exchange: Exchange,
  expectedId: string | undefined,
): FinalVerdict | RetryVerdict | ThrottledVerdict | HaltVerdict {
  if (exchange.kind !== 'reply') return conclude(classifyNoReply(exchange))
  const { requestId, text } = exchange
  const envelope = readEnvelope(text)
  const item = envelope.kind === 'single' ? envelope.item : NOTHING
  const errors = envelope.kind === 'link' || envelope.kind === 'v1' ? envelope.errors : item.errors
  // One of the API's older forms says `success` and no id.
  const succeeded = item.errors.length === 0 && booleanOf(fieldOf(parseJson(text)?.value, 'success')) === true
  const answer = classifyReply(exchange, envelope, errors, updateCodes)
  if ((item.accepted || succeeded) && exchange.status !== 429) return accept(item, expectedId, requestId)
  return conclude(answer, requestId, item)
}

const NOTHING: Item = { accepted: false, errors: [], warnings: [], sideEffects: [] }

function accept(item: Item, expectedId: string | undefined, requestId: string | undefined): FinalVerdict {
  const dropped = describeWarnings(item.errors, updateCodes).map((warning) => ({ ...warning, lossy: true }))
  const isOther = expectedId !== undefined && item.id !== undefined && item.id !== expectedId
  const warnings: readonly Warning[] = [
    ...(isOther ? [otherMember(expectedId)] : []),
    ...describeWarnings(item.warnings, updateCodes).map(withHint),
    ...dropped,
  ]
  const [first] = isOther ? warnings : dropped
  return {
    kind: 'final',
    result: 'updated',
    status: statusGiven(warnings),
    customerId: item.id,
    ...(first && { code: first.code, message: first.message }),
    ...(isOther && { hint: 'Open both accounts in Member Care; restore the one that is not the row’s.' }),
    warnings,
    sideEffects: item.sideEffects,
    requestId,
  }
}

/** Also where nothing was lost, there may be something to look at. */
function withHint(warning: Warning): Warning {
  const { code, message } = warning
  const remedy = code === undefined ? undefined : findCode(updateCodes, 'warning', code, message)?.remedy
  return remedy === undefined || remedy === nothingToDo ? warning : { ...warning, hint: remedy }
}

function otherMember(expectedId: string): Warning {
  return {
    message: `${ANOTHERS_ACCOUNT}: the row was found to be member ${expectedId}, and another one was changed`,
    lossy: true,
    grave: true,
  }
}

function conclude(
  answer: ReplyClass,
  requestId?: string,
  item: Item = NOTHING,
): FinalVerdict | RetryVerdict | ThrottledVerdict | HaltVerdict {
  switch (answer.kind) {
    case 'retry':
    case 'throttled':
    case 'halt':
      return answer
    case 'exists':
    case 'refusal': {
      const { code, message, hint } = answer
      const outcome = answer.kind === 'refusal' && answer.unsent === true ? 'invalid' : 'rejected'
      const warnings = describeWarnings(item.warnings, updateCodes)
      const said = { code, message, hint, warnings, sideEffects: item.sideEffects, requestId }
      return { kind: 'final', result: outcome, status: outcome, ...said }
    }
  }
}
