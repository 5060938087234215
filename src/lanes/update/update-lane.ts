import { predictRecordLosses } from '../../capillary/predict-record-losses.ts'
import { fieldsOfBody } from '../../capillary/v1/member-fields.ts'
import type { Lane, LaneRow } from '../lane.ts'
import { classifyUpdate } from './classify-update.ts'
import { updateCodes } from './update-codes.ts'
import { type UpdateRequest, updateRequest } from './update-request.ts'

/** `PUT /v2/customers/lookup`: changes a member who is there, one a request. */
export const updateLane: Lane<UpdateRequest> = {
  name: 'update',
  subject: 'record',
  // Documented for the update by customer id; where a region has none, the lowest of them.
  defaultLimit: { 'asia-1': 600, 'asia-2': 1_000, others: 50 },
  results: ['updated'],
  codes: updateCodes,
  rowsPerRequest: 1,
  request: ([row]) => updateRequest(requestOf(row)),
  read(exchange, [row]) {
    const verdict = classifyUpdate(exchange, row?.customerId)
    return verdict.kind === 'final' ? { kind: 'rows', verdicts: [verdict] } : verdict
  },
  changesMembers: true,
  blockedBy({ record }) {
    const last = record.at(-1)
    if (last === undefined || last.result === 'exists') return undefined
    // Who was registered a moment ago has the row's values already.
    if (last.status === 'ok' || last.status === 'warned') return {}
    return { message: `not updated, because the member was not registered (${last.result})` }
  },
  // The last row of a member has the say, so they are all sent, in the file's order, where they differ.
  askOf: ({ body, source, query }) => [body, source, query ?? null],
  verified: {
    by: 'record',
    expect: ({ by, body }) => ({ identifiers: [by], balances: [], fields: fieldsOfBody(body) }),
  },
  predictLosses: ({ body }) => predictRecordLosses(body),
}

function requestOf(row: LaneRow<UpdateRequest> | undefined): UpdateRequest {
  if (row === undefined) throw new Error('an update is of one row')
  return row.request
}
