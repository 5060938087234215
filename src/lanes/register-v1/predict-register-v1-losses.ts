import { fieldOf, isList, isRecord, textOf } from '../../capillary/coerce.ts'
import { type PredictedLoss, addLoss, predictProfile } from '../../capillary/predict-losses.ts'
import { type RegisterV1Request, identifiersIn } from './register-v1-request.ts'

/** What V1 would lose of a member: of names and identifiers as version 2 does, and what it does not heed in dates. */
export function predictRegisterV1Losses({ customer }: RegisterV1Request): readonly PredictedLoss[] {
  const found: PredictedLoss[] = []
  if (!isRecord(customer)) return found
  const { firstname: firstName, lastname: lastName, source } = customer
  const profile = { firstName, lastName, source, identifiers: identifiersIn(customer) }
  predictProfile(
    Object.fromEntries(Object.entries(profile).filter(([, value]) => value !== undefined)) as Record<string, never>,
    found,
  )
  for (const name of ['registered_on', 'updated_on']) {
    const value = textOf(fieldOf(customer, name))
    if (value !== undefined && OFFSET.test(value)) addLoss(found, offsetIn(name))
    else if (value !== undefined && !WALL_TIME.test(value)) addLoss(found, oddTime(name))
  }
  if ((textOf(fieldOf(customer, 'external_id')) ?? '').length > LONGEST_EXTERNAL_ID) addLoss(found, LONG_EXTERNAL_ID)
  const { custom_fields: custom } = customer
  if (isRecord(custom) && !isList(custom['field']) && !isRecord(custom['field'])) addLoss(found, NO_FIELDS)
  return found
}

const WALL_TIME = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/
const OFFSET = /\d([+-]\d{2}:?\d{2}|Z)$/
const LONGEST_EXTERNAL_ID = 250
const LONG_EXTERNAL_ID = { message: `external_id is longer than ${LONGEST_EXTERNAL_ID} characters`, silent: false }
const NO_FIELDS = { message: 'custom_fields has no list `field`: the API finds no field in it', silent: true }

function offsetIn(name: string): PredictedLoss {
  return {
    message: `${name} has an offset: V1 does not heed it, and takes the time for its cluster’s own`,
    silent: true,
  }
}

function oddTime(name: string): PredictedLoss {
  return { message: `${name} is not YYYY-MM-DD HH:MM:SS, the only form that V1 is documented to take`, silent: false }
}
