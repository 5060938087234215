import type { Lane } from '../lane.ts'
import { partnerLane } from '../partner/partner-lane.ts'
import { unlinkCodes } from './unlink-codes.ts'
import type { UnlinkRequest } from './unlink-request.ts'

const call = partnerLane<UnlinkRequest>({
  name: 'unlink',
  path: 'deLinkCustomer',
  customers: 'deLinkCustomers',
  programs: 'deLinkFromPartnerPrograms',
  done: 'unlinked',
  noun: 'unlink',
  codes: unlinkCodes,
  unsaid: (program) => `The reply does not say whether the member was taken out of ${program}`,
  unproven: (program) =>
    `The member was not linked to ${program} when asked again after a lost reply: whether this run took it out, or it was never linked, is not known`,
})

/** `POST /v2/partnerProgram/deLinkCustomer`: takes members out of partner programs, which nothing undoes. */
export const unlinkLane: Lane<UnlinkRequest> = {
  ...call,
  standsAlone: true,
  takesOut: true,
  // Who is not linked was not taken out by us; where an earlier reply was lost, nobody knows.
  read: (exchange, rows) => call.read(exchange, rows, { onExists: 'reject' }),
}
