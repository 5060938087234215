import { isAskable, lookUpMembers } from '../../capillary/v1/look-up-members.ts'
import type { Answer } from '../../capillary/verdict.ts'
import { groupByParameters } from '../group-by-parameters.ts'
import { IDENTIFIER_CHANGED } from '../identifier-changed.ts'
import type { Lane, LaneRow, Step } from '../lane.ts'
import { namesIn } from '../names-in.ts'
import { expectRegisteredV1 } from './expect-registered-v1.ts'
import { predictRegisterV1Losses } from './predict-register-v1-losses.ts'
import { readAdd } from './read-add.ts'
import { askedBy, readSearch } from './read-search.ts'
import { ACCOUNT_CODES, registerV1Codes } from './register-v1-codes.ts'
import type { RegisterV1Part } from './register-v1-part.ts'
import { MOST_IN_BATCH, type RegisterV1Request, addRequest, identifiersIn, searchOf } from './register-v1-request.ts'

/**
 * `POST /v1.1/customer/add`: several members a request. Who has an identifier of a row is updated by it, so where the plan
 * keeps who is there, they are looked for first; and so is whom a reply leaves unclear.
 */
export const registerV1Lane: Lane<RegisterV1Request> = {
  name: 'register-v1',
  subject: 'record',
  creates: true,
  // The platform's documented defaults, and the lowest of them where the region is not said or has none.
  defaultLimit: { 'asia-1': 500, 'asia-2': 700, emea: 400, others: 100 },
  results: ['registered', 'exists', 'updated'],
  codes: registerV1Codes,
  rowsPerRequest: MOST_IN_BATCH,
  groupOf: groupByParameters,
  step: nextStep,
  paces: ['look-up-v1'],
  // By each identifier: who is not there is found by none.
  lookedUp: ({ keep, customer }): Readonly<Record<string, number>> =>
    keep ? { 'look-up-v1': identifiersIn(customer).filter(isAskable).length } : {},
  request: (rows) =>
    isSearched(rows[0])
      ? lookUpMembers(
          rows.map(askedBy)[0]?.type ?? '',
          rows.map((row) => askedBy(row).value),
        )
      : addRequest(rows.map(({ request }) => request)),
  // Who is there is looked for alone.
  decisive: (request, outcome) =>
    outcome?.result === 'exists' ? registerV1Lane.request([{ request }]) : addRequest([request]),
  read(exchange, rows, { onExists }): Answer {
    const settings = { onExists, now: Date.now() }
    return isSearched(rows[0]) ? readSearch(exchange, rows, settings) : readAdd(exchange, rows, settings)
  },
  accountCodes: ACCOUNT_CODES,
  changesMembers: true,
  // The API updates who is there, so two rows of one member are the same only where all is.
  askOf: ({ customer, query }) => [customer, query ?? null],
  namesOf: ({ customer }) => namesIn(customer, 'firstname', 'lastname'),
  verified: { by: 'record', ifThere: 'registered', expect: expectRegisteredV1 },
  sync: {
    changes: ({ keep }: RegisterV1Part) => !keep,
    cannotChange: {
      message: 'changed, but the member is registered already, and who is there is kept as they are (`existing: keep`)',
      hint: 'Have the plan say `update:` as well, or `existing: update`, if the change matters.',
    },
    fixedOf: ({ customer }: RegisterV1Request) => identifiersIn(customer).map(({ type, value }) => [type, value]),
    fixedChanged: IDENTIFIER_CHANGED,
  },
  predictLosses: predictRegisterV1Losses,
}

/** A row is looked for, or sent: alone, where a reply about several was not clear. */
function nextStep(row: LaneRow<RegisterV1Request>): Step {
  const { request, ambiguous } = row
  const search = searchOf(request, ambiguous === true)
  if (search !== undefined) {
    const { type, value } = askedBy(row)
    return { group: `look up ${type} ${search.alone === true ? value : ''}`, pace: 'look-up-v1', readOnly: true }
  }
  const alone = request.progress?.alone === true ? JSON.stringify(request.customer) : ''
  return { group: `add ${groupByParameters(request)} ${alone}` }
}

function isSearched(row: LaneRow<RegisterV1Request> | undefined): boolean {
  return row !== undefined && searchOf(row.request, row.ambiguous === true) !== undefined
}
