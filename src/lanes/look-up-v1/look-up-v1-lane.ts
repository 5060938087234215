import { v1Codes } from '../../capillary/codes/v1-codes.ts'
import type { Exchange } from '../../capillary/exchange.ts'
import { lookUpMembers, readMembers } from '../../capillary/v1/look-up-members.ts'
import type { Answer } from '../../capillary/verdict.ts'
import type { Identifier } from '../../model.ts'
import type { Lane, LaneRow } from '../lane.ts'
import { judgeRecord } from './judge-record.ts'
import { type LookUpV1Request, lookForRecord } from './look-up-v1-request.ts'

/**
 * `GET /v1.1/customer/get`: members by one type of identifier, several a request. Verifications ask on it, and lanes that
 * have to know who is there send on its limit.
 */
export const lookUpV1Lane: Lane<LookUpV1Request> = {
  name: 'look-up-v1',
  // No page gives a limit for it: the lowest that is documented for registrations.
  defaultLimit: { others: 100 },
  results: ['verified', 'found', 'differs', 'missing'],
  codes: v1Codes,
  // No page gives the API's own number: what a public client asks for (capillary-facts-2.md, A2).
  rowsPerRequest: 10,
  step: (row) => {
    const { type, value } = askedBy(row)
    return { group: row.request.alone === true ? `${type} ${value}` : type, readOnly: true }
  },
  request: (rows) => {
    const asked = rows.map(askedBy)
    return lookUpMembers(
      asked[0]?.type ?? '',
      asked.map(({ value }) => value),
    )
  },
  read: readReply,
  askOf: () => null,
  verifies: { by: 'record', lookFor: lookForRecord },
}

function readReply(exchange: Exchange, rows: readonly LaneRow<LookUpV1Request>[]): Answer {
  const answer = readMembers(exchange, rows.map(askedBy))
  switch (answer.kind) {
    case 'each': {
      const { answers, requestId } = answer
      const verdicts = rows.map(({ request }, at) => {
        const found = answers[at]
        if (found === undefined) throw new Error('a look-up has an answer for each of its rows')
        return judgeRecord(request, found, requestId)
      })
      return { kind: 'rows', verdicts }
    }
    case 'tooMany':
      return { kind: 'rows', verdicts: rows.map(() => ({ kind: 'again' })), atMost: answer.atMost }
    case 'refusal': {
      const { code, message, hint } = answer
      if (rows.length > 1) return { kind: 'refused', reason: message, code, hint }
      const verdicts = rows.map(({ request }) =>
        judgeRecord(request, { kind: 'absent', code, message, hint }, undefined),
      )
      return { kind: 'rows', verdicts }
    }
    case 'retry':
      return { ...answer, ambiguous: false }
    case 'throttled':
    case 'halt':
      return answer
  }
}

function askedBy({ request }: LaneRow<LookUpV1Request>): Identifier {
  const [identifier] = request.left
  if (identifier === undefined) throw new Error('a member that is looked up has an identifier')
  return identifier
}
