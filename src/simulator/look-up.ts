import type { Account } from './account.ts'
import { errorsAnswer, statusOf } from './answer.ts'
import type { Action, Answer } from './answer.ts'
import { normalise } from './identifiers.ts'
import type { Identifier } from './identifiers.ts'
import type { Member } from './member.ts'
import { SOURCES } from './texts.ts'

interface LookUpWorld {
  readonly account: Account
  readonly businessStatus: number
  /** The type of identifier that alone finds a customer. */
  readonly primary: string | undefined
}

/** What `GET /v2/customers/lookup` will do (capillary-facts.md, section 7). */
export function lookUpCustomer(query: URLSearchParams, world: LookUpWorld): Action {
  return lookUp(query, world, (customer) => ({ status: 200, body: `{"entity":${customer.id},"warnings":[]}` }))
}

/**
 * What `GET /v2/customers/lookup/points/balance` will do (points-balance.txt; capillary-facts.md, section 5).
 * The points are those of the registration; the default program is the first one that gave the customer any.
 */
export function lookUpBalance(query: URLSearchParams, world: LookUpWorld): Action {
  const entityType = query.get('entityType') ?? 'CUSTOMER'
  return lookUp(query, world, (customer) =>
    entityType === 'CUSTOMER' || entityType === 'FLEET'
      ? { status: 200, body: JSON.stringify(balance(customer, query)) }
      : errorsAnswer(statusOf(1212, world.businessStatus), 1212),
  )
}

function lookUp(query: URLSearchParams, world: LookUpWorld, found: (customer: Member) => Answer): Action {
  const identifiers = readIdentifiers(query)
  const noted = identifiers.map((identifier) => world.account.lookUp(identifier)).find((member) => member !== undefined)
  if (noted !== undefined) noted.lookupArrivals += 1
  return {
    keys: [],
    perform() {
      const source = query.get('source') ?? ''
      const refuse = (code: number): Answer => errorsAnswer(statusOf(code, world.businessStatus), code)
      if (source === '') return refuse(8001)
      if (source !== 'ALL' && !SOURCES.has(source)) return refuse(8003)
      if (identifiers.length === 0) return refuse(8002)
      const { primary } = world
      const customer = world.account.find(identifiers.filter(({ type }) => primary === undefined || type === primary))
      return customer !== undefined && isIn(customer, source) ? found(customer) : refuse(8015)
    },
  }
}

/** The parallel lists of `identifierName` and `identifierValue`. */
export function readIdentifiers(query: URLSearchParams): Identifier[] {
  const values = (query.get('identifierValue') ?? '').split(',')
  return (query.get('identifierName') ?? '')
    .split(',')
    .map((name, index) => normalise(name === 'cardNumber' ? 'cardnumber' : name, values[index] ?? ''))
    .filter(({ type, value }) => type !== '' && value !== '')
}

// A customer whom the account did not register has no sources: it is in any.
function isIn({ sources }: Member, source: string): boolean {
  return source === 'ALL' || sources === '' || sources.split(',').some((own) => own.split('/')[0] === source)
}

function balance(customer: Member, query: URLSearchParams): object {
  const all = query.get('fetchDataForAllPrograms') === 'true'
  const asked = query.get('programId')
  const program = asked === null ? customer.points[0]?.[0] : Number(asked)
  const points = customer.points
    .filter(([programId]) => all || programId === program)
    .reduce((sum, [, awarded]) => sum + awarded, 0)
  return {
    entityId: customer.id,
    entityType: 'CUSTOMER',
    ...(all || asked === null ? {} : { programId: program }),
    totalPoints: points,
    mainPoints: points,
    promisedPoints: 0,
    promisedPointsBreakup: { delayedAccrualPoints: 0, externalTriggerBasedPoints: 0 },
    warnings: [],
  }
}
