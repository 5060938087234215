import { classifyBalance } from '../../src/capillary/classify-balance.ts'
import { judgeBalance } from '../../src/capillary/judge-balance.ts'
import { balanceRequest } from '../../src/capillary/requests.ts'
import type { JobRow } from '../../src/broker/jobs.ts'
import type { BalanceRequest } from '../../src/model.ts'
import type { Answer, Lane } from '../lane.ts'

/** `GET /v2/customers/lookup/points/balance`: one member a request, and as many requests as its identifiers need. */
export const balanceLane: Lane = {
  name: 'balance',
  rowsPerRequest: 1,
  request: ([row]) => balanceRequest(requestOf(row)),
  read(exchange, [row]): Answer {
    const verdict = judgeBalance(requestOf(row), classifyBalance(exchange))
    return verdict.kind === 'final' || verdict.kind === 'next' ? { kind: 'rows', verdicts: [verdict] } : verdict
  },
}

function requestOf(row: JobRow | undefined): BalanceRequest {
  if (row === undefined || !('lookUps' in row.request))
    throw new Error('a job of the balance lane holds another request')
  return row.request
}
