import { lookUpCodes } from '../../capillary/codes/look-up-codes.ts'
import type { Lane, LaneRow } from '../lane.ts'
import { type BalanceRequest, balanceRequest } from './balance-request.ts'
import { classifyBalance } from './classify-balance.ts'
import { judgeBalance } from './judge-balance.ts'
import { lookForMember } from './look-for-member.ts'

/** `GET /v2/customers/lookup/points/balance`: one member a request, and as many requests as its identifiers need. */
export const balanceLane: Lane<BalanceRequest> = {
  name: 'balance',
  // No page gives a limit for look-ups: these are the region's lowest for any customer API; where it has none, the lowest
  // of all.
  defaultLimit: { 'asia-1': 500, 'asia-2': 100, emea: 50, us: 50, demo: 100, others: 50 },
  results: ['verified', 'found', 'differs', 'missing'],
  codes: lookUpCodes,
  rowsPerRequest: 1,
  request: ([row]) => balanceRequest(requestOf(row)),
  read(exchange, [row]) {
    const verdict = judgeBalance(requestOf(row), classifyBalance(exchange))
    return verdict.kind === 'final' || verdict.kind === 'next' ? { kind: 'rows', verdicts: [verdict] } : verdict
  },
  askOf: () => null,
  verifies: {
    by: 'points',
    lookFor: lookForMember,
    // One for each program.
    requestsFor: ({ balances }) => Math.max(balances.length, 1),
  },
}

function requestOf(row: LaneRow<BalanceRequest> | undefined): BalanceRequest {
  if (row === undefined) throw new Error('a look-up is of one row')
  return row.request
}
