import { fieldsOfCustomer } from '../../capillary/v1/member-fields.ts'
import type { Outcome } from '../../model.ts'
import type { Expected } from '../lane.ts'
import { type RegisterV1Request, identifiersIn } from './register-v1-request.ts'

/**
 * What a verification may expect of a member whom V1 registered or updated. It promised no points, as V1 has no field for
 * them, and nothing at all of a member who was there and was kept.
 */
export function expectRegisteredV1({ customer }: RegisterV1Request, outcome: Outcome | undefined): Expected {
  const identifiers = identifiersIn(customer)
  return outcome?.result === 'exists'
    ? { identifiers, balances: [] }
    : { identifiers, balances: [], fields: fieldsOfCustomer(customer) }
}
