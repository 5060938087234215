import type { Json } from '../model.ts'
import type { Account } from './account.ts'
import { errorsAnswer, fixed } from './answer.ts'
import type { Action } from './answer.ts'
import type { FaultName } from './faults.ts'
import { keyOf, normalise } from './identifiers.ts'
import type { Identifier } from './identifiers.ts'
import { identifierOf, linkOf } from './member.ts'
import type { Member } from './member.ts'
import { namedError } from './named.ts'
import type { OrgSettings } from './org.ts'
import { asList, asRecord, asText, parseJson } from './read-json.ts'
import type { JsonRecord } from './read-json.ts'
import { CUSTOMER_FOUND, LINK_ERRORS, NO_CUSTOMER } from './texts.ts'

export interface PartnerWorld {
  readonly account: Account
  readonly org: OrgSettings
  /** Those that exist; undefined: any does. */
  readonly programs: ReadonlySet<string> | undefined
  readonly fault: FaultName | undefined
  readonly now: () => number
}

/** What `POST /v2/partnerProgram/customerPartnerProgramUpdate` will do (capillary-facts-2.md, C4). */
export function updateTiers(text: string, world: PartnerWorld): Action {
  return partnerAction(text, world, {
    lane: 'tier',
    shape: TIER_SHAPE,
    otherShape: UNLINK_SHAPE,
    change: (customer, program) => changeTier(customer, program, world),
  })
}

/** What `POST /v2/partnerProgram/deLinkCustomer` will do (capillary-facts-2.md, C4). */
export function unlinkCustomers(text: string, world: PartnerWorld): Action {
  return partnerAction(text, world, {
    lane: 'unlink',
    shape: UNLINK_SHAPE,
    otherShape: TIER_SHAPE,
    change: (customer, program) =>
      world.account.unlink(customer, asText(program['partnerProgramName'])) ? SUCCESS : failure(2004),
  })
}

interface Shape {
  readonly list: string
  readonly programs: string
  readonly status: string
}

const TIER_SHAPE: Shape = { list: 'customersPartnerUpdates', programs: 'partnerProgramUpdates', status: 'updateStatus' }
const UNLINK_SHAPE: Shape = {
  list: 'deLinkCustomers',
  programs: 'deLinkFromPartnerPrograms',
  status: 'partnerDeLinkStatus',
}

interface PartnerCall {
  readonly lane: 'tier' | 'unlink'
  readonly shape: Shape
  readonly otherShape: Shape
  readonly change: (customer: Member, program: JsonRecord) => Status
}

type Status = { readonly status: boolean; readonly message: string; readonly code: number }

const SUCCESS: Status = { status: true, message: 'Success', code: 200 }

function partnerAction(text: string, world: PartnerWorld, call: PartnerCall): Action {
  const { account, org, fault } = world
  const entries = asList(asRecord(parseJson(text))?.[call.shape.list]).map((entry) => readEntry(entry, call.shape))
  if (entries.length === 0) return fixed(errorsAnswer(400, 400))
  if (entries.length > 50) return fixed(errorsAnswer(400, 2008))
  const keys = entries.map(({ identifiers }) => keysOf(identifiers, account))
  const seen = new Set<string>()
  const twice = keys.map((own) => {
    const again = own.some((key) => seen.has(key))
    for (const key of own) seen.add(key)
    return again
  })
  if (twice.includes(true)) account.counters.twiceInRequest += 1
  return {
    keys: [...seen],
    perform(busy) {
      const shape = org.partnerReplies === 'own' ? call.shape : call.otherShape
      const replies = entries.map((entry, index) => {
        const held = twice[index] === true || keys[index]?.some((key) => busy.has(key)) === true
        if (held) account.counters.busy += 1
        return answerEntry(entry, { world, call, shape, busy: held || (fault === 'busy521' && index === 0) })
      })
      return { status: 200, body: JSON.stringify({ [shape.list]: replies, warnings: [] }) }
    },
  }
}

interface Entry {
  readonly identifiers: readonly Identifier[]
  readonly programs: readonly JsonRecord[]
}

function readEntry(entry: Json, { programs }: Shape): Entry {
  const record = asRecord(entry)
  const customer = asRecord(record?.['customer'])
  const identifiers = ['id', 'externalId', 'mobile', 'email']
    .map((type) => normalise(type, asText(customer?.[type])))
    .filter(({ value }) => value !== '')
  return { identifiers, programs: asList(record?.[programs]).map((program) => asRecord(program) ?? {}) }
}

function keysOf(identifiers: readonly Identifier[], account: Account): string[] {
  const customers = identifiers.flatMap((identifier) => account.customerWith(identifier)?.key ?? [])
  return account.remembers ? [...new Set([...identifiers.map(keyOf), ...customers])] : []
}

function answerEntry(
  { identifiers, programs }: Entry,
  {
    world,
    call,
    shape,
    busy,
  }: { readonly world: PartnerWorld; readonly call: PartnerCall; readonly shape: Shape; readonly busy: boolean },
): Json {
  const { account, fault } = world
  const customer = account.find(identifiers)
  if (customer === undefined) {
    account.counters.unknownCustomers += 1
    const names = Object.fromEntries(identifiers.map(({ type, value }) => [type, value]))
    return { customer: { ...names, status: { status: false, message: NO_CUSTOMER, code: 400 } } }
  }
  const named = identifiers.map(({ value }) => namedError(value, account, call.lane)).find((code) => code !== undefined)
  const answers = programs.map((program): Json => {
    const name = asText(program['partnerProgramName'])
    return {
      partnerProgramName: name,
      ...(shape === TIER_SHAPE && { updateType: asText(program['updateType']) }),
      [shape.status]: statusOf(name, { named, busy, world, change: () => call.change(customer, program) }),
    }
  })
  return {
    customer: {
      id: customer.id,
      mobile: identifierOf(customer, 'mobile') ?? '',
      email: identifierOf(customer, 'email') ?? '',
      externalId: identifierOf(customer, 'externalId') ?? '',
      status: { status: true, message: CUSTOMER_FOUND, code: 1000 },
    },
    [shape.programs]: fault === 'programsMissing' ? answers.slice(0, -1) : answers,
  }
}

function statusOf(
  name: string,
  {
    named,
    busy,
    world,
    change,
  }: {
    readonly named: number | undefined
    readonly busy: boolean
    readonly world: PartnerWorld
    readonly change: () => Status
  },
): Status {
  if (named !== undefined) return failure(named)
  if (busy) return failure(521)
  if (name === '') return failure(2002)
  if (world.programs?.has(name) === false) return failure(2006)
  return change()
}

function changeTier(customer: Member, program: JsonRecord, { account, org, now }: PartnerWorld): Status {
  const link = linkOf(customer, asText(program['partnerProgramName']))
  if (link === undefined && account.remembers) return failure(2004)
  const type = asText(program['updateType'])
  if (type === 'MEMBERSHIP_RELINKING_CANCELLED') return SUCCESS
  if (!UPDATE_TYPES.has(type)) return failure(2009)
  const details = asRecord(program['updateDetails'])
  const tier = asText(details?.['updatedTierName'])
  if (tier === '') return failure(2002)
  if (org.partnerTiers?.includes(tier) === false) return failure(2007)
  const expiry = asText(details?.['updatedTierExpiryDate'])
  if (expiry !== '') {
    const at = Date.parse(expiry.replace(' ', ''))
    if (Number.isNaN(at)) return failure(400)
    if (at < now() - (now() % 86_400_000)) return failure(2003)
  }
  if (link !== undefined) {
    link.tier = tier
    if (expiry !== '') link.tierExpiry = expiry
  }
  account.counters.tiersChanged += 1
  return SUCCESS
}

const UPDATE_TYPES: ReadonlySet<string> = new Set(['UPGRADE', 'DOWNGRADE', 'RENEW'])

function failure(code: number): Status {
  return { status: false, message: LINK_ERRORS[code] ?? `Error ${code}`, code }
}
