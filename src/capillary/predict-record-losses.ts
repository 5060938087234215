import type { Json } from '../model.ts'
import { isList, isRecord } from './coerce.ts'
import { type PredictedLoss, predictExtendedFields, predictProfile } from './predict-losses.ts'

/** What a body of version 2 would lose of its profiles and extended fields. Adds to `found` what is not there yet. */
export function predictRecordLosses(body: Json, found: PredictedLoss[] = []): PredictedLoss[] {
  if (!isRecord(body)) return found
  const { profiles, extendedFields } = body
  if (isList(profiles)) for (const profile of profiles) if (isRecord(profile)) predictProfile(profile, found)
  if (isRecord(extendedFields)) predictExtendedFields(extendedFields, found)
  return found
}
