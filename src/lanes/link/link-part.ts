import { partnerPlan } from '../partner/partner-part.ts'
import { MAX_CUSTOMERS } from '../partner/partner-request.ts'
import type { LinkRequest } from './link-request.ts'

export const linkPlan = partnerPlan<LinkRequest>({
  lane: 'link',
  list: 'linkToPartnerPrograms',
  noun: 'a link',
  batch: MAX_CUSTOMERS,
  asksNothing: 'it names no partner program',
})
