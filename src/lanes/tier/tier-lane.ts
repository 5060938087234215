import type { Lane } from '../lane.ts'
import { partnerLane } from '../partner/partner-lane.ts'
import { unlessDone } from '../unless-done.ts'
import { tierCodes } from './tier-codes.ts'
import type { TierRequest } from './tier-request.ts'

/** `POST /v2/partnerProgram/customerPartnerProgramUpdate`: up to fifty members a request. */
export const tierLane: Lane<TierRequest> = {
  ...partnerLane<TierRequest>({
    name: 'tier',
    path: 'customerPartnerProgramUpdate',
    customers: 'customersPartnerUpdates',
    programs: 'partnerProgramUpdates',
    done: 'updated',
    noun: 'change of tier',
    codes: tierCodes,
    unsaid: (program) => `The reply does not say whether the tier in ${program} was changed`,
  }),
  blockedBy: ({ record, links }) =>
    unlessDone(record, 'the tier was not changed, because the member was not registered', MEND) ??
    unlessDone(links, 'the tier was not changed, because the member was not linked', MEND),
}

const MEND = 'Mend what kept the row from that; its tier is changed when it is imported again.'
