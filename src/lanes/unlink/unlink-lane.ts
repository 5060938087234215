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
})

/** `POST /v2/partnerProgram/deLinkCustomer`: takes members out of partner programs, which nothing undoes. */
export const unlinkLane: Lane<UnlinkRequest> = {
  ...call,
  standsAlone: true,
  takesOut: true,
  // Who is not linked was not taken out by us, unless an earlier reply was lost.
  read: (exchange, rows) => call.read(exchange, rows, { onExists: 'reject' }),
}
