import type { FinalVerdict, HaltVerdict, NextVerdict, RetryVerdict, ThrottledVerdict } from '../../capillary/verdict.ts'
import type { BalanceRequest } from './balance-request.ts'
import type { BalanceVerdict } from './classify-balance.ts'

/**
 * What a look-up means for the member that it was about: another look-up, or the verdict. Nobody found (8015) can mean
 * that there is no such member or, with dual eligibility, that none of the identifiers asked by is the primary one:
 * so it is final only after all of them, together and singly (points-balance.txt).
 */
export function judgeBalance(
  request: BalanceRequest,
  verdict: BalanceVerdict,
): FinalVerdict | NextVerdict<BalanceRequest> | RetryVerdict | ThrottledVerdict | HaltVerdict {
  switch (verdict.kind) {
    case 'found':
      return judgeFound(request, verdict)
    case 'absent':
      return judgeAbsent(request, verdict)
    case 'retry':
    case 'throttled':
    case 'halt':
      return verdict
  }
}

function judgeFound(
  request: BalanceRequest,
  { customerId, points, requestId }: Extract<BalanceVerdict, { kind: 'found' }>,
): FinalVerdict | NextVerdict<BalanceRequest> {
  const at = request.balances.findIndex(({ found }) => found === undefined)
  const balances = request.balances.map((balance, index) =>
    index === at ? { ...balance, found: points ?? 0 } : balance,
  )
  const foundId = request.foundId ?? customerId
  // The identifiers that found the member find it again.
  const lookUps = request.lookUps.slice(0, 1)
  // Each is by the same identifiers.
  const isTwo = customerId !== foundId
  if (!isTwo && balances.some(({ found }) => found === undefined)) {
    return { kind: 'next', request: { ...request, lookUps, balances, foundId } }
  }
  const isOther = request.customerId !== undefined && request.customerId !== foundId
  const isShort = balances.some(({ expected, found }) => found !== undefined && found < expected)
  const said = { customerId: foundId, balances, requestId }
  const amiss = [...(isOther ? [OTHER] : []), ...(isTwo ? [TWO] : []), ...(isShort ? [SHORT] : [])]
  if (amiss.length > 0) {
    const message = amiss.map((each) => each.message).join('; ')
    const hint = amiss.map((each) => each.hint).join(' ')
    return final('differs', 'rejected', { ...said, message, hint })
  }
  return request.uncertain ? final('found', 'warned', { ...said, ...THERE }) : final('verified', 'ok', said)
}

function judgeAbsent(
  request: BalanceRequest,
  { code, message, hint, requestId }: Extract<BalanceVerdict, { kind: 'absent' }>,
): FinalVerdict | NextVerdict<BalanceRequest> {
  // That nobody was found says more than that the look-up was not to the API's liking.
  const refusal = request.refusal?.code === NOT_FOUND ? request.refusal : { code, message, hint }
  const lookUps = request.lookUps.slice(1)
  if (lookUps.length > 0) return { kind: 'next', request: { ...request, lookUps, refusal } }
  const said = { ...refusal, requestId, balances: request.balances }
  if (refusal.code !== NOT_FOUND) return final('rejected', 'rejected', said)
  return final('missing', 'rejected', { ...said, hint: request.uncertain ? NEVER_THERE : GONE })
}

function final(
  result: FinalVerdict['result'],
  status: FinalVerdict['status'],
  said: Omit<FinalVerdict, 'kind' | 'result' | 'status' | 'warnings' | 'sideEffects'>,
): FinalVerdict {
  return { kind: 'final', result, status, ...said, warnings: [], sideEffects: [] }
}

const NOT_FOUND = 8015

const OTHER = {
  message: 'another customer id than the run recorded',
  hint: 'The member was merged into another one or registered anew since: take the id that was found.',
}
const TWO = {
  message: 'look-ups by the same identifiers came to two customer ids',
  hint: 'Look in Member Care for which of them is the member’s, and verify again.',
}
const SHORT = {
  message: 'fewer points than registration promised',
  hint: 'Points may have been spent or have expired since. If not, ask your Capillary contact, with the request id of the registration.',
}
const THERE = { message: 'there, though its import had no final answer' }
const NEVER_THERE = 'The member is not there: rerun the row.'
const GONE = 'The member was deleted, or its identifiers were changed, since it was imported.'
