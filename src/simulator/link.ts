import type { Json } from '../model.ts'
import type { Account } from './account.ts'
import { PASSING, errorsAnswer, fixed } from './answer.ts'
import type { Action } from './answer.ts'
import { keyOf, normalise } from './identifiers.ts'
import type { Identifier } from './identifiers.ts'
import { linkOf } from './member.ts'
import type { Member } from './member.ts'
import { namedError } from './named.ts'
import { asList, asRecord, asText, parseJson } from './read-json.ts'
import { ALREADY_LINKED, CUSTOMER_FOUND, LINK_ERRORS, MEMBERSHIP_START_DATE, NO_CUSTOMER } from './texts.ts'

interface LinkWorld {
  readonly account: Account
  /** Those that exist; undefined: any does. */
  readonly programs: ReadonlySet<string> | undefined
  readonly now: () => number
  /** Treats the first customer as busy, as the fault `busy521` asks. */
  readonly busyFirst: boolean
}

/** What `POST /v2/partnerProgram/linkCustomer` will do (link-customers.txt; capillary-facts.md, section 1). */
export function linkCustomers(text: string, world: LinkWorld): Action {
  const entries = asList(asRecord(parseJson(text))?.['linkCustomers'])
  const elements = entries.map(readElement)
  if (world.account.remembers) for (const element of elements) noteArrival(element, world.account)
  if (elements.length === 0 || elements.some(isPoisoned)) return fixed(errorsAnswer(400, 400))
  if (elements.length > 50) return fixed(errorsAnswer(400, 2008))

  const all = new Set<string>()
  const keys = elements.map(({ identifiers }) => (world.account.remembers ? keysOf(identifiers, world.account) : []))
  const twice = keys.map((own) => {
    const again = own.some((key) => all.has(key))
    for (const key of own) all.add(key)
    return again
  })
  return {
    keys: [...all],
    perform(busy) {
      const told: (() => void)[] = []
      const replies = elements.map((element, index) => {
        const held = twice[index] === true || keys[index]?.some((key) => busy.has(key)) === true
        if (held) world.account.counters.busy += 1
        const isBusy = held || (world.busyFirst && index === 0)
        return linkCustomer(element, { ...world, busy: isBusy, told })
      })
      return {
        status: 200,
        body: JSON.stringify({ linkCustomers: replies, warnings: [] }),
        delivered: () => told.forEach((call) => call()),
      }
    },
  }
}

interface Element {
  readonly identifiers: readonly Identifier[]
  readonly programs: readonly Program[]
}

interface Program {
  readonly name: string
  readonly membershipId: string
  readonly tier: string
  readonly tierExpiry: string
  readonly start: string
}

function readElement(entry: Json): Element {
  const record = asRecord(entry)
  const customer = asRecord(record?.['customer'])
  const identifiers = ['id', 'externalId', 'mobile', 'email']
    .map((type) => normalise(type, asText(customer?.[type])))
    .filter(({ value }) => value !== '')
  return { identifiers, programs: asList(record?.['linkToPartnerPrograms']).map(readProgram) }
}

function readProgram(value: Json): Program {
  const program = asRecord(value)
  const reference = asRecord(program?.['customerPartnerReference'])
  return {
    name: asText(program?.['partnerProgramName']),
    membershipId: asText(reference?.['partnerMembershipId']),
    tier: asText(reference?.['partnerTierName']),
    tierExpiry: asText(reference?.['partnerTierExpiryDate']),
    start: asText(reference?.['membershipStartDate']),
  }
}

function noteArrival({ identifiers, programs }: Element, account: Account): void {
  const member = account.find(identifiers) ?? account.memberOf(identifiers)
  if (member === undefined) return
  member.linkArrivals += 1
  if (programs.some(({ name }) => linkOf(member, name)?.told === true)) account.counters.repeats.link += 1
}

function isPoisoned({ programs }: Element): boolean {
  return programs.some(({ membershipId }) => membershipId.startsWith('POISON-'))
}

// The customer's own key too: a registration under way holds it, by whatever identifier the link names the customer.
function keysOf(identifiers: readonly Identifier[], account: Account): string[] {
  const keys = identifiers.map(keyOf)
  for (const identifier of identifiers) {
    const customer = account.customerWith(identifier)
    if (customer !== undefined && !keys.includes(customer.key)) keys.push(customer.key)
  }
  return keys
}

interface LinkStatus {
  readonly status: boolean
  readonly message: string
  readonly code: number
}

function linkCustomer(
  { identifiers, programs }: Element,
  { account, busy, told, ...world }: LinkWorld & { readonly busy: boolean; readonly told: (() => void)[] },
): Json {
  const customer = account.find(identifiers)
  if (customer === undefined) {
    account.counters.unknownCustomers += 1
    const member = account.memberOf(identifiers)
    if (member !== undefined) told.push(() => (member.linkRefusals += 1))
    return unknownCustomer(identifiers, programs)
  }
  const statuses = programs.map((program) =>
    busy ? failure(521) : linkProgram(program, customer, { account, programs: world.programs, now: world.now }),
  )
  told.push(() => tell(customer, programs, statuses))
  return {
    customer: {
      id: customer.id,
      ...namesOf(customer),
      status: { status: true, message: CUSTOMER_FOUND, code: 1000 },
    },
    linkToPartnerPrograms: programs.map(({ name }, index) => ({
      partnerProgramName: name,
      partnerLinkStatus: { ...(statuses[index] ?? failure(2001)) },
    })),
  }
}

// The status of each program is left out, as the page says of customers that are not found.
function unknownCustomer(identifiers: readonly Identifier[], programs: readonly Program[]): Json {
  return {
    customer: {
      ...Object.fromEntries(identifiers.map(({ type, value }) => [type, value])),
      status: { status: false, message: NO_CUSTOMER, code: 400 },
    },
    linkToPartnerPrograms: programs.map(({ name }) => ({ partnerProgramName: name })),
  }
}

function namesOf({ identifiers }: Member): Record<string, Json> {
  const names: Record<string, Json> = {}
  for (const { type, value } of identifiers) {
    if (type === 'mobile' || type === 'email' || type === 'externalId') names[type] ??= value
  }
  return names
}

function linkProgram(
  { name, membershipId, tier, tierExpiry, start }: Program,
  customer: Member,
  { account, programs, now }: Pick<LinkWorld, 'account' | 'programs' | 'now'>,
): LinkStatus {
  const named = namedError(membershipId, account, 'link')
  if (named !== undefined) return failure(named)
  if (name === '') return failure(2002)
  if (programs !== undefined && !programs.has(name)) return failure(2006)
  if (start !== '' && Number.isNaN(timeOf(start))) return failure(400, MEMBERSHIP_START_DATE)
  if (tierExpiry !== '') {
    const expiry = timeOf(tierExpiry)
    if (Number.isNaN(expiry)) return failure(400)
    if (expiry < startOfDay(now())) return failure(2003)
  }
  const terms = { ...(tier !== '' && { tier }), ...(tierExpiry !== '' && { tierExpiry }) }
  return account.link(customer, name, terms)
    ? { status: true, message: 'Success', code: 200 }
    : failure(2005, ALREADY_LINKED)
}

// One of the API's own samples has a space before the offset.
function timeOf(text: string): number {
  return Date.parse(text.replace(' ', ''))
}

function startOfDay(at: number): number {
  return at - (at % 86_400_000)
}

function failure(code: number, message = LINK_ERRORS[code] ?? `Error ${code}`): LinkStatus {
  return { status: false, message, code }
}

function tell(customer: Member, programs: readonly Program[], statuses: readonly LinkStatus[]): void {
  statuses.forEach(({ status }, index) => {
    const link = status ? linkOf(customer, programs[index]?.name ?? '') : undefined
    if (link !== undefined) link.told = true
  })
  if (statuses.every(({ status }) => status)) customer.linkAnswers += 1
  else if (statuses.some(({ status, code }) => !status && !PASSING.has(code))) customer.linkRefusals += 1
}
