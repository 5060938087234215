import { isList, isRecord } from '../../capillary/coerce.ts'
import { type PredictedLoss, addLoss, isPast } from '../../capillary/predict-losses.ts'
import { predictRecordLosses } from '../../capillary/predict-record-losses.ts'
import type { RegisterRequest } from './register-request.ts'

/**
 * What a registration would lose of its profiles and extended fields; and dates of expiry that are not to come any more,
 * which the API refuses. `now`: milliseconds since the epoch.
 */
export function predictRegisterLosses({ body }: RegisterRequest, now: number): readonly PredictedLoss[] {
  const found = predictRecordLosses(body)
  const enrolments = isRecord(body) ? body['loyaltyProgramEnrollments'] : undefined
  if (isList(enrolments)) {
    for (const enrolment of enrolments) {
      if (isRecord(enrolment) && isPast(enrolment['tierExpiryDate'], now)) addLoss(found, TIER_EXPIRED)
    }
  }
  return found
}

const TIER_EXPIRED = { message: 'tierExpiryDate is past', silent: false }
