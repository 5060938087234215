import type { Codes } from '../../capillary/code-table.ts'
import type { Json, ProgramOutcome } from '../../model.ts'
import { type FoundIdentifiers, findCustomerIdentifiers } from '../../plan/identifiers.ts'
import { groupByParameters } from '../group-by-parameters.ts'
import type { Lane, Verified } from '../lane.ts'
import { classifyPartner } from './classify-partner.ts'
import type { PartnerCall } from './partner-call.ts'
import { MAX_CUSTOMERS, type PartnerRequest, programsIn } from './partner-request.ts'

/** A call of the partner program. */
export interface PartnerLane {
  readonly name: string
  /** What stands behind `/v2/partnerProgram/`. */
  readonly path: string
  /** The names of the body's list of customers, and of a customer's list of programs. */
  readonly customers: string
  readonly programs: string
  readonly done: PartnerCall['done']
  readonly noun: string
  readonly codes: Codes
  unsaid(program: string): string
  readonly unproven?: PartnerCall['unproven']
}

/** The lane of a call of the partner program: up to fifty members a request, and as many programs of each as there are. */
export function partnerLane<Request extends PartnerRequest>(
  lane: PartnerLane,
): Lane<Request> & Required<Pick<Lane<Request>, 'programs' | 'verified'>> {
  const { name, codes, done, programs } = lane
  const of = (request: Request): readonly Json[] => programsIn(request, programs)
  return {
    name,
    subject: 'links',
    // As documented for links; the others have none.
    defaultLimit: { others: 1_000 },
    results: [done, 'partial'],
    codes,
    rowsPerRequest: MAX_CUSTOMERS,
    groupOf: groupByParameters,
    // Rows of one request have the same headers and query: the first row's are sent.
    request: (rows) => ({
      method: 'POST',
      path: `/v2/partnerProgram/${lane.path}`,
      body: {
        [lane.customers]: rows.map(({ request }) => ({ customer: request.customer, [programs]: of(request) })),
      },
      headers: rows[0]?.request.headers,
      query: rows[0]?.request.query,
    }),
    read: (exchange, rows, { onExists }) =>
      classifyPartner(
        exchange,
        rows.map(({ request, customerId }) => ({ customer: request.customer, customerId, programs: of(request) })),
        {
          call: lane,
          ambiguous: rows.map(({ ambiguous }) => ambiguous === true),
          onExists,
          done: rows.map(({ programsDone }) => programsDone ?? ([] satisfies ProgramOutcome[])),
        },
      ),
    programs: {
      of,
      only: (request, left) => ({ ...request, [programs]: left }),
      doneEarlier: { result: done, message: `${done} by an earlier run` },
    },
    askOf: of,
    verified: MEMBER_IS_THERE,
  }
}

const MEMBER_IS_THERE: Verified<PartnerRequest> = {
  by: 'points',
  expect({ customer }) {
    const found: FoundIdentifiers = { list: [], count: 0 }
    findCustomerIdentifiers(customer, found)
    return { identifiers: found.list, balances: [{ expected: 0 }] }
  },
}
