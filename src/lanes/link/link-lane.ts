import { type FoundIdentifiers, findCustomerIdentifiers } from '../../plan/identifiers.ts'
import type { Lane } from '../lane.ts'
import { groupByParameters } from '../group-by-parameters.ts'
import { classifyLink } from './classify-link.ts'
import { linkCodes } from './link-codes.ts'
import { type LinkPart, linkPlan } from './link-part.ts'
import { type LinkRequest, MAX_CUSTOMERS, linkRequest } from './link-request.ts'
import { predictLinkLosses } from './predict-link-losses.ts'

/** `POST /v2/partnerProgram/linkCustomer`: up to fifty members a request. */
export const linkLane: Lane<LinkRequest, LinkPart> = {
  name: 'link',
  subject: 'links',
  plan: linkPlan,
  // As documented.
  defaultLimit: { others: 1_000 },
  results: ['linked', 'exists', 'partial'],
  codes: linkCodes,
  rowsPerRequest: MAX_CUSTOMERS,
  groupOf: groupByParameters,
  request: (rows) => linkRequest(rows.map(({ request }) => request)),
  read: (exchange, rows, { onExists }) =>
    classifyLink(
      exchange,
      rows.map(({ request }) => request),
      {
        ambiguous: rows.map(({ ambiguous }) => ambiguous === true),
        onExists,
        done: rows.map(({ programsDone }) => programsDone ?? []),
      },
    ),
  programs: {
    of: ({ linkToPartnerPrograms }) => linkToPartnerPrograms,
    only: (request, programs) => ({ ...request, linkToPartnerPrograms: programs }),
    doneEarlier: { result: 'linked', message: 'linked by an earlier run' },
  },
  blockedBy({ record }) {
    const last = record.at(-1)
    if (last === undefined || record.some(({ status }) => status === 'ok' || status === 'warned')) return undefined
    return {
      message: `not linked, because the member was not registered (${last.result})`,
      hint: 'Mend what kept the row from being registered; it is linked when it is imported again.',
    }
  },
  // A link to another program is another link, and one to the same program with other dates may be a relink
  // (capillary-facts.md, section 1).
  askOf: ({ linkToPartnerPrograms }) => linkToPartnerPrograms,
  predictLosses: predictLinkLosses,
  sync: {
    stillBlocked: {
      message: 'not linked, because the member is still not registered',
      hint: 'Mend what kept the row from being registered; it is linked when it is registered.',
    },
  },
  verified: {
    by: 'points',
    expect({ customer }) {
      const found: FoundIdentifiers = { list: [], count: 0 }
      findCustomerIdentifiers(customer, found)
      return { identifiers: found.list, balances: [{ expected: 0 }] }
    },
  },
}
