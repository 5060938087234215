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
import { OTHER_MEMBER_HINT, otherMember } from '../other-member.ts'
import { updateCodes } from './update-codes.ts'

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
  // Nobody was changed who is not there, whatever else the reply says.
  const missing = item.accepted ? [] : item.warnings.filter(({ code }) => code !== undefined && NOT_THERE.has(code))
  const errors = envelope.kind === 'link' || envelope.kind === 'v1' ? envelope.errors : [...item.errors, ...missing]
  const word = booleanOf(fieldOf(parseJson(text)?.value, 'success'))
  // One of the API's older forms says `success` and no id: too little to be taken for one under an error's status.
  const succeeded = errors.length === 0 && word === true && exchange.status < 300
  const answer = classifyReply(exchange, envelope, errors, updateCodes)
  // An id beside the word that it failed leaves the row without an answer.
  const accepted = item.accepted && word !== false
  if ((accepted || succeeded) && exchange.status !== 429) return accept(item, expectedId, requestId)
  return conclude(answer, requestId, item)
}

const NOT_THERE: ReadonlySet<number> = new Set([8009, 8015])

const NOTHING: Item = { accepted: false, errors: [], warnings: [], sideEffects: [] }

function accept(item: Item, expectedId: string | undefined, requestId: string | undefined): FinalVerdict {
  const dropped = describeWarnings(item.errors, updateCodes).map((warning) => ({ ...warning, lossy: true }))
  const other = otherMember(expectedId, item.id)
  const warnings: readonly Warning[] = [
    ...(other === undefined ? [] : [other]),
    ...describeWarnings(item.warnings, updateCodes).map(withHint),
    ...dropped,
  ]
  const [first] = other === undefined ? dropped : warnings
  return {
    kind: 'final',
    result: 'updated',
    status: statusGiven(warnings),
    customerId: item.id,
    ...(first && { code: first.code, message: first.message }),
    ...(other && { hint: OTHER_MEMBER_HINT }),
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
