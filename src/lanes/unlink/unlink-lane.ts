import type { Lane } from '../lane.ts'
import { partnerLane } from '../partner/partner-lane.ts'
import { type PartnerPart, partnerPlan } from '../partner/partner-part.ts'
import { unlinkCodes } from './unlink-codes.ts'
import type { UnlinkRequest } from './unlink-request.ts'

const call = partnerLane<UnlinkRequest>({
  name: 'unlink',
  path: 'deLinkCustomer',
  customers: 'deLinkCustomers',
  programs: 'deLinkFromPartnerPrograms',
  plan: partnerPlan<UnlinkRequest>({
    lane: 'unlink',
    list: 'deLinkFromPartnerPrograms',
    noun: 'an unlink',
    // Whether it takes more, the documents do not agree (capillary-facts-2.md, C4).
    batch: 1,
    asksNothing: 'it names no partner program',
  }),
  done: 'unlinked',
  noun: 'unlink',
  codes: unlinkCodes,
  unsaid: (program) => `The reply does not say whether the member was taken out of ${program}`,
})

/** `POST /v2/partnerProgram/deLinkCustomer`: takes members out of partner programs, which nothing undoes. */
export const unlinkLane: Lane<UnlinkRequest, PartnerPart> = {
  ...call,
  standsAlone: true,
  takesOut: true,
  // Who is not linked was not taken out by us, unless an earlier reply was lost.
  read: (exchange, rows) => call.read(exchange, rows, { onExists: 'reject' }),
}
