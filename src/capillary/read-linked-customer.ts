import type { Json } from '../model.ts'
import { booleanOf, codeOf, fieldOf, idOf, isList, textOf, wordsOf } from './coerce.ts'
import type { LinkStatus, LinkedCustomer, LinkedProgram } from './envelope.ts'

/** The lists of customers that the calls of the partner program answer with: any of them may have another's. */
export const CUSTOMER_LISTS = ['linkCustomers', 'customersPartnerUpdates', 'deLinkCustomers']
const PROGRAM_LISTS = ['linkToPartnerPrograms', 'partnerProgramUpdates', 'deLinkFromPartnerPrograms']
const PROGRAM_STATUSES = ['partnerLinkStatus', 'updateStatus', 'partnerDeLinkStatus']

/** One element of such a list (capillary-facts.md, section 1; capillary-facts-2.md, C4). */
export function readLinkedCustomer(entry: Json): LinkedCustomer {
  const customer = fieldOf(entry, 'customer')
  const programs = firstOf(entry, PROGRAM_LISTS)
  return {
    id: idOf(fieldOf(customer, 'id')),
    customer,
    status: readStatus(fieldOf(customer, 'status')),
    programs: isList(programs) ? programs.map(readProgram) : [],
  }
}

function readProgram(entry: Json): LinkedProgram {
  return {
    name: textOf(fieldOf(entry, 'partnerProgramName')),
    status: readStatus(firstOf(entry, PROGRAM_STATUSES)),
  }
}

function firstOf(entry: Json, names: readonly string[]): Json | undefined {
  return names.map((name) => fieldOf(entry, name)).find((value) => value !== undefined)
}

function readStatus(value: Json | undefined): LinkStatus {
  return {
    passed: booleanOf(fieldOf(value, 'status')),
    code: codeOf(fieldOf(value, 'code')),
    message: wordsOf(fieldOf(value, 'message')),
  }
}
