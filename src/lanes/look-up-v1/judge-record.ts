import { compared } from '../../capillary/v1/match-items.ts'
import type { LookedUp } from '../../capillary/v1/look-up-members.ts'
import { fieldsOfCustomer, unlikeFields } from '../../capillary/v1/member-fields.ts'
import type { FinalVerdict, NextVerdict, RetryVerdict } from '../../capillary/verdict.ts'
import type { LookUpV1Request } from './look-up-v1-request.ts'

/** What a look-up means for the member that it was about: another look-up, or the verdict. */
export function judgeRecord(
  request: LookUpV1Request,
  answer: LookedUp,
  requestId: string | undefined,
): FinalVerdict | NextVerdict<LookUpV1Request> | RetryVerdict {
  switch (answer.kind) {
    case 'found':
      return judgeFound(request, answer, requestId)
    case 'absent':
    case 'refused':
      return judgeAbsent(request, answer, requestId)
    case 'unclear': {
      const { reason, code } = answer
      return {
        kind: 'retry',
        reason,
        code,
        scope: 'row',
        ambiguous: false,
        request: { ...request, alone: true },
        requestId,
      }
    }
  }
}

function judgeFound(
  { left: [asked], customerId, fields, uncertain }: LookUpV1Request,
  { item, merged }: Extract<LookedUp, { kind: 'found' }>,
  requestId: string | undefined,
): FinalVerdict {
  const said = { customerId: item.id, requestId }
  // The survivor's values are its own.
  if (merged) return final('differs', 'rejected', { ...said, code: 91009, ...MERGED })
  const isOther = customerId !== undefined && item.id !== undefined && item.id !== customerId
  // Only the id that was recorded tells that an account which shows another identifier is the member's.
  const isKnown = customerId !== undefined && item.id === customerId
  const isStranger = !isKnown && asked !== undefined && compared([asked], item)?.different.length === 1
  const unlike = unlikeFields(fields, fieldsOfCustomer(item.shown))
  if (isOther || isStranger || unlike.length > 0) {
    const other = [...(isOther ? [OTHER] : []), ...(isStranger ? [STRANGER] : [])]
    const values = unlike.length > 0 ? [{ message: `other values: ${unlike.join(', ')}`, hint: CHANGED }] : []
    const all = [...other, ...values]
    return final('differs', 'rejected', {
      ...said,
      message: all.map(({ message }) => message).join('; '),
      hint: all.map(({ hint }) => hint).join(' '),
    })
  }
  if (uncertain) return final('found', 'warned', { ...said, ...THERE })
  if (customerId !== undefined && item.id === undefined) return final('verified', 'warned', { ...said, ...NO_ID })
  return final('verified', 'ok', said)
}

function judgeAbsent(
  request: LookUpV1Request,
  { code, message, hint }: Extract<LookedUp, { kind: 'absent' | 'refused' }>,
  requestId: string | undefined,
): FinalVerdict | NextVerdict<LookUpV1Request> {
  const refusal = isMissing(request.refusal) ? request.refusal : { code, message, hint }
  const left = request.left.slice(1)
  if (left.length > 0) return { kind: 'next', request: { ...request, left, refusal } }
  const said = { message, ...refusal, requestId }
  if (!isMissing(refusal)) return final('rejected', 'rejected', said)
  return final('missing', 'rejected', { ...said, hint: request.uncertain ? NEVER_THERE : GONE })
}

function final(
  result: FinalVerdict['result'],
  status: FinalVerdict['status'],
  said: Omit<FinalVerdict, 'kind' | 'result' | 'status' | 'warnings' | 'sideEffects'>,
): FinalVerdict {
  return { kind: 'final', result, status, ...said, warnings: [], sideEffects: [] }
}

function isMissing(refusal: { readonly code?: number } | undefined): boolean {
  return NOT_FOUND.has(refusal?.code ?? 0)
}

const NOT_FOUND: ReadonlySet<number> = new Set([816, 1011, 1012, 8015])

const MERGED = {
  message: 'merged into another account, which has this id',
  hint: 'The member was merged since: take the id that was found.',
}
const OTHER = {
  message: 'another customer id than the run recorded',
  hint: 'The member was merged into another one or registered anew since: take the id that was found.',
}
const STRANGER = {
  message: 'the API answers with an account that has another identifier than the one that was asked by',
  hint: 'Compare the account with the row in Member Care: it may be somebody else’s.',
}
const NO_ID = {
  message: 'there, and the reply shows no customer id to compare with the one that was recorded',
  hint: 'Whether it is the same account, Member Care tells.',
}
const CHANGED = 'The values were changed since, or the API did not store what it was sent: compare them in Member Care.'
const THERE = { message: 'there, though its import had no final answer' }
const NEVER_THERE = 'The member is not there: rerun the row.'
const GONE = 'The member was deleted, or its identifiers were changed, since it was imported.'
