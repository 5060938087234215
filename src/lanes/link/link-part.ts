import { MAX_CUSTOMERS, partnerPlan } from '../partner/partner-part.ts'
import type { LinkRequest } from './link-request.ts'

export const linkPlan = partnerPlan<LinkRequest>({
  lane: 'link',
  list: 'linkToPartnerPrograms',
  noun: 'a link',
  batch: MAX_CUSTOMERS,
  asksNothing: 'it names no partner program',
})
