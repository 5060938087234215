import { isRecord } from '../../capillary/coerce.ts'
import { type PredictedLoss, addLoss, isPast } from '../../capillary/predict-losses.ts'
import type { LinkRequest } from './link-request.ts'

/** The API refuses a tier that expired before today. `now`: milliseconds since the epoch. */
export function predictLinkLosses({ linkToPartnerPrograms }: LinkRequest, now: number): readonly PredictedLoss[] {
  const found: PredictedLoss[] = []
  for (const program of linkToPartnerPrograms) {
    const reference = isRecord(program) ? program['customerPartnerReference'] : undefined
    if (isRecord(reference) && isPast(reference['partnerTierExpiryDate'], now)) addLoss(found, TIER_EXPIRED)
  }
  return found
}

const TIER_EXPIRED = {
  message: 'partnerTierExpiryDate is past: the API links only tiers that end today or later',
  silent: false,
}
