import { classifyRegister } from '../../src/capillary/classify-register.ts'
import { customerLookupsFor, registerRequest } from '../../src/capillary/requests.ts'
import type { JobRow } from '../../src/broker/jobs.ts'
import type { RegisterRequest } from '../../src/model.ts'
import type { Answer, Lane } from '../lane.ts'

/** `POST /v2/customers`: one member a request. */
export const registerLane: Lane = {
  name: 'register',
  rowsPerRequest: 1,
  request: ([row]) => registerRequest(requestOf(row)),
  read(exchange, [row], { onExists }): Answer {
    const verdict = classifyRegister(exchange, { ambiguous: row?.ambiguous === true, onExists })
    return verdict.kind === 'final' ? { kind: 'rows', verdicts: [verdict] } : verdict
  },
  lookUps: (row) => customerLookupsFor(requestOf(row)),
}

function requestOf(row: JobRow | undefined): RegisterRequest {
  if (row === undefined || !('body' in row.request)) throw new Error('a job of the register lane holds another request')
  return row.request
}
