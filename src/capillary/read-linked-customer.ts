import type { Json } from '../model.ts'
import { booleanOf, codeOf, fieldOf, idOf, isList, textOf, wordsOf } from './coerce.ts'
import type { LinkStatus, LinkedCustomer, LinkedProgram } from './envelope.ts'

/** One element of the reply's `linkCustomers`. */
export function readLinkedCustomer(entry: Json): LinkedCustomer {
  const customer = fieldOf(entry, 'customer')
  const programs = fieldOf(entry, 'linkToPartnerPrograms')
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
    status: readStatus(fieldOf(entry, 'partnerLinkStatus')),
  }
}

function readStatus(value: Json | undefined): LinkStatus {
  return {
    passed: booleanOf(fieldOf(value, 'status')),
    code: codeOf(fieldOf(value, 'code')),
    message: wordsOf(fieldOf(value, 'message')),
  }
}
