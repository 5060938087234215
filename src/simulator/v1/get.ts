import { fixed } from '../answer.ts'
import type { Action } from '../answer.ts'
import { normalise } from '../identifiers.ts'
import type { Identifier } from '../identifiers.ts'
import { limitSaid } from './batch-limit.ts'
import { customerItem, failedItem } from './item.ts'
import type { Item } from './item.ts'
import { v1Refusal, v1Reply } from './reply.ts'
import { RETRIEVED, v1Warning } from './texts.ts'
import type { V1World } from './v1-world.ts'

/** What `GET /v1.1/customer/get` will do: an item for each identifier asked for, in order (capillary-facts-2.md, A2). */
export function getCustomers(
  query: URLSearchParams,
  world: V1World & {
    /** The type of identifier that alone finds a customer. */
    readonly primary: string | undefined
  },
): Action {
  const { account, org, businessStatus, fault } = world
  const asked = readAsked(query)
  for (const identifier of asked) {
    const member = account.lookUp(identifier)
    if (member !== undefined) member.lookupArrivals += 1
  }
  if (asked.length === 0) return fixed(v1Refusal(400, 400))
  const tooMany = limitSaid(asked.length, org.batch.get, world)
  if (tooMany !== undefined) return fixed(v1Refusal(businessStatus, 1060, tooMany))
  const withId = query.get('user_id') === 'true'
  return {
    keys: [],
    perform: () =>
      v1Reply(
        asked.map((identifier) => lookUp(identifier, { ...world, withId })),
        { fault, businessStatus },
      ),
  }
}

// A comma parts values even where it was escaped, as one that belongs to a value looks no different.
function readAsked(query: URLSearchParams): Identifier[] {
  for (const [name, type] of PARAMETERS) {
    const values = (query.get(name) ?? '').split(',').filter((value) => value.trim() !== '')
    if (values.length > 0) return values.map((value) => normalise(type, value))
  }
  return []
}

const PARAMETERS = [
  ['mobile', 'mobile'],
  ['email', 'email'],
  ['external_id', 'externalId'],
  ['id', 'id'],
  ['card_number', 'cardnumber'],
] as const

function lookUp(
  identifier: Identifier,
  { account, org, primary, withId }: V1World & { readonly primary: string | undefined; readonly withId: boolean },
): Item {
  const isHidden = primary !== undefined && identifier.type !== primary && identifier.type !== 'id'
  const customer = isHidden ? undefined : account.find([identifier])
  // Which one was not found, its item does not say.
  if (customer === undefined) return { json: failedItem([], identifier.type === 'id' ? 1011 : 1012), ok: false }
  const merged = account.isTakenIn(identifier)
  const code = merged && org.survivorAs === 'code' ? 91009 : 1000
  const warnings = merged ? [v1Warning(91009)] : []
  return {
    json: customerItem(customer, { message: RETRIEVED, warnings, code }, { where: 'get', withId, org }),
    ok: true,
  }
}
