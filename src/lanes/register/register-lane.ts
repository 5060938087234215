import { isList, isRecord } from '../../capillary/coerce.ts'
import { type FoundIdentifiers, findBodyIdentifiers } from '../../plan/identifiers.ts'
import { IDENTIFIER_CHANGED } from '../identifier-changed.ts'
import type { Lane, LaneRow } from '../lane.ts'
import { askOfRegistration } from './ask-of-registration.ts'
import { namesIn } from '../names-in.ts'
import { classifyRegister } from './classify-register.ts'
import { expectRegistered } from './expect-registered.ts'
import { predictRegisterLosses } from './predict-register-losses.ts'
import { registerCodes } from './register-codes.ts'
import { type RegisterRequest, customerLookupsFor, registerRequest } from './register-request.ts'

/** `POST /v2/customers`: one member a request. */
export const registerLane: Lane<RegisterRequest> = {
  name: 'register',
  subject: 'record',
  creates: true,
  // The platform's documented default, and the lowest documented one where the region is not said or has none.
  defaultLimit: { 'asia-1': 600, others: 100 },
  results: ['registered', 'exists', 'merged'],
  codes: registerCodes,
  rowsPerRequest: 1,
  request: ([row]) => registerRequest(requestOf(row)),
  read(exchange, [row], { onExists }) {
    const verdict = classifyRegister(exchange, { ambiguous: row?.ambiguous === true, onExists })
    return verdict.kind === 'final' ? { kind: 'rows', verdicts: [verdict] } : verdict
  },
  lookUps: ({ request }) => customerLookupsFor(request),
  askOf: askOfRegistration,
  namesOf: ({ body }) =>
    isRecord(body) && isList(body['profiles']) ? namesIn(body['profiles'][0], 'firstName', 'lastName') : [],
  predictLosses: predictRegisterLosses,
  sync: {
    cannotChange: {
      message: 'changed, but the member is registered already, and the registration API cannot update it',
      hint: 'Have the plan say `update:` as well, if the change matters; identifiers are changed in Member Care.',
    },
    fixedOf({ body }: RegisterRequest) {
      const found: FoundIdentifiers = { list: [], count: 0 }
      findBodyIdentifiers(body, found)
      return found.list.map(({ type, value }) => [type, value])
    },
    fixedChanged: IDENTIFIER_CHANGED,
  },
  verified: { by: 'points', ifThere: 'registered', expect: expectRegistered },
}

function requestOf(row: LaneRow<RegisterRequest> | undefined): RegisterRequest {
  if (row === undefined) throw new Error('a registration is of one row')
  return row.request
}
