import { partnerPlan } from '../partner/partner-part.ts'
import type { UnlinkRequest } from './unlink-request.ts'

export const unlinkPlan = partnerPlan<UnlinkRequest>({
  lane: 'unlink',
  list: 'deLinkFromPartnerPrograms',
  noun: 'an unlink',
  // Whether it takes more, the documents do not agree (capillary-facts-2.md, C4).
  batch: 1,
  asksNothing: 'it names no partner program',
})
