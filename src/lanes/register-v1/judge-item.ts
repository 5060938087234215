import { findCode } from '../../capillary/code-table.ts'
import { describeWarnings } from '../../capillary/describe-warnings.ts'
import type { MatchedItem } from '../../capillary/v1/match-items.ts'
import type { FinalVerdict, NextVerdict, RetryVerdict } from '../../capillary/verdict.ts'
import type { LaneRow } from '../lane.ts'
import { acceptItem } from './accept-item.ts'
import type { ItemContext } from './item-context.ts'
import { EXISTS_CODES, GENERIC_CODES, registerV1Codes } from './register-v1-codes.ts'
import { type RegisterV1Request, newSearch } from './register-v1-request.ts'

type RowVerdict = FinalVerdict | NextVerdict<RegisterV1Request> | RetryVerdict

/** What the item of a reply means for its row; undefined: it has none that is surely its own. */
export function judgeItem(
  row: LaneRow<RegisterV1Request>,
  match: MatchedItem | undefined,
  context: ItemContext,
): RowVerdict {
  const { requestId } = context
  if (match === undefined) return unclear(row, requestId)
  if (contradictsItself(match.item)) return unclear(row, requestId, wordsOf(match.item))
  switch (match.item.passed) {
    case true:
      return acceptItem(row, match, context)
    case false:
      return refuse(row, match, requestId)
    case undefined:
      return unclear(row, requestId)
  }
}

/** An item that passed under the code of a refusal, or did not under that of a success: nobody knows which is true. */
function contradictsItself({ passed, code, message }: MatchedItem['item']): boolean {
  if (code === undefined || passed === undefined) return false
  if (!passed) return DONE.has(code)
  const known = registerV1Codes.some(({ byKey }) => byKey.has(`warning ${code}`) || byKey.has(`success ${code}`))
  return !known && findCode(registerV1Codes, 'error', code, message) !== undefined
}

const DONE: ReadonlySet<number> = new Set([200, 1000])

function wordsOf({ passed, code, message }: MatchedItem['item']): string {
  const said = [message && `"${message}"`, `code ${code}`].filter(Boolean).join(', ')
  return `The API says that the row ${passed === true ? 'went through' : 'failed'}, although it adds ${said}`
}

/**
 * The row is looked for before it may be sent again: it may have been carried out. Then it goes alone, since a request
 * of its own has an answer of its own.
 */
export function unclear(
  { request, ambiguous }: LaneRow<RegisterV1Request>,
  requestId: string | undefined,
  reason = 'The reply has no answer that is surely this row’s',
): RetryVerdict {
  const progress = { ...request.progress, doubt: true, alone: true, search: newSearch(request) }
  return {
    kind: 'retry',
    reason,
    scope: 'row',
    ambiguous: ambiguous === true,
    request: { ...request, progress },
    requestId,
  }
}

function refuse(
  { request, ambiguous }: LaneRow<RegisterV1Request>,
  { item }: MatchedItem,
  requestId: string | undefined,
): RowVerdict {
  const { code, message } = item
  const entry = code === undefined ? undefined : findCode(registerV1Codes, 'error', code, message)
  const words = message || (entry?.meaning ?? 'The API refused the row and gave no reason')
  const refusal = { code, message: words, hint: entry?.remedy }
  if (entry?.class === 'retry') {
    const ofRowAlone = entry.ofRowAlone
    const said = { reason: words, code, ...(ofRowAlone && { ofRowAlone }), requestId }
    return { kind: 'retry', ...said, scope: 'row', ambiguous: entry.ambiguous === true }
  }
  const { progress } = request
  if (code !== undefined && GENERIC_CODES.has(code) && progress?.failed !== true) {
    const again = { ...request, progress: { ...progress, failed: true, alone: true } }
    const said = { reason: words, code, ofRowAlone: true, requestId } as const
    return { kind: 'retry', ...said, scope: 'row', ambiguous: true, request: again }
  }
  if (code !== undefined && EXISTS_CODES.has(code)) {
    const search = newSearch(request, { kind: 'exists', ...refusal })
    const doubt = progress?.doubt === true || ambiguous === true
    if (search.left.length > 0)
      return { kind: 'next', request: { ...request, progress: { ...progress, doubt, search } } }
  }
  return rejectRow({ ...refusal, requestId, id: item.id, warnings: item.warnings })
}

/** The API said no to the row, and would say no again. */
export function rejectRow({
  code,
  message,
  hint,
  unsent,
  requestId,
  id,
  warnings = [],
}: {
  readonly code?: number
  readonly message: string
  readonly hint?: string
  /** Nothing was sent: the request cannot be put on the wire. */
  readonly unsent?: boolean
  readonly requestId?: string
  readonly id?: string
  readonly warnings?: MatchedItem['item']['warnings']
}): FinalVerdict {
  const outcome = unsent === true ? 'invalid' : 'rejected'
  return {
    kind: 'final',
    result: outcome,
    status: outcome,
    customerId: id,
    code,
    message,
    hint,
    warnings: describeWarnings(warnings, registerV1Codes),
    sideEffects: [],
    requestId,
  }
}
