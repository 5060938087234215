import { classifyRegister } from '../../src/capillary/classify-register.ts'
import { foreseeRegisterLosses } from '../../src/capillary/foresee-losses.ts'
import { customerLookupsFor, registerRequest } from '../../src/capillary/requests.ts'
import type { JobRow } from '../../src/broker/jobs.ts'
import type { FinalVerdict } from '../../src/capillary/verdict.ts'
import type { RegisterRequest } from '../../src/model.ts'
import type { Answer, Lane } from '../lane.ts'

/** `POST /v2/customers`: one member a request. */
export const registerLane: Lane = {
  name: 'register',
  rowsPerRequest: 1,
  request: ([row]) => registerRequest(requestOf(row)),
  read(exchange, [row], { onExists }): Answer {
    const verdict = classifyRegister(exchange, { ambiguous: row?.ambiguous === true, onExists })
    return verdict.kind === 'final' ? { kind: 'rows', verdicts: [withSilentLosses(verdict, requestOf(row))] } : verdict
  },
  lookUps: (row) => customerLookupsFor(requestOf(row)),
}

/** What the API cut or dropped of a member that it took, without saying so. What it says itself stands first. */
function withSilentLosses(verdict: FinalVerdict, request: RegisterRequest): FinalVerdict {
  if (verdict.result !== 'registered' && verdict.result !== 'merged') return verdict
  const losses = foreseeRegisterLosses(request, Date.now()).filter(({ silent }) => silent)
  if (losses.length === 0) return verdict
  const warnings = losses.map(({ message }) => ({ message, lossy: true }))
  const status = verdict.status === 'ok' ? 'warned' : verdict.status
  return { ...verdict, status, warnings: [...verdict.warnings, ...warnings] }
}

function requestOf(row: JobRow | undefined): RegisterRequest {
  if (row === undefined || !('body' in row.request)) throw new Error('a job of the register lane holds another request')
  return row.request
}
