import type { Lane } from '../lane.ts'
import { partnerLane } from '../partner/partner-lane.ts'
import { unlessDone } from '../unless-done.ts'
import { linkCodes } from './link-codes.ts'
import type { LinkRequest } from './link-request.ts'
import { predictLinkLosses } from './predict-link-losses.ts'

/** `POST /v2/partnerProgram/linkCustomer`: up to fifty members a request. */
export const linkLane: Lane<LinkRequest> = {
  ...partnerLane<LinkRequest>({
    name: 'link',
    path: 'linkCustomer',
    customers: 'linkCustomers',
    programs: 'linkToPartnerPrograms',
    done: 'linked',
    noun: 'link',
    codes: linkCodes,
    unsaid: (program) => `The reply does not say whether the member is linked to ${program}`,
  }),
  results: ['linked', 'exists', 'partial'],
  blockedBy: ({ record }) =>
    unlessDone(
      record,
      'not linked, because the member was not registered',
      'Mend what kept the row from being registered; it is linked when it is imported again.',
    ),
  // A link to another program is another link, and one to the same program with other dates may be a relink
  // (capillary-facts.md, section 1): so what is asked is all that stands there.
  predictLosses: predictLinkLosses,
  sync: {
    stillBlocked: {
      message: 'not linked, because the member is still not registered',
      hint: 'Mend what kept the row from being registered; it is linked when it is registered.',
    },
  },
}
