import { fieldsOfV1 } from '../fields.ts'
import type { Fields } from '../fields.ts'
import type { Identifier } from '../identifiers.ts'
import { identifierOf } from '../member.ts'
import type { Member } from '../member.ts'
import { namedWarning } from '../named.ts'
import type { OrgSettings } from '../org.ts'
import { asText } from '../read-json.ts'
import { customerItem, failedItem } from './item.ts'
import type { Item } from './item.ts'
import type { Applicant } from './read-customers.ts'
import { REGISTERED, UPDATED, v1Warning } from './texts.ts'
import type { V1Warning } from './texts.ts'
import type { V1World } from './v1-world.ts'
import { readWallTime, wallClock } from './wall-time.ts'

interface UpsertWorld extends V1World {
  /** Whether the request asks for ids. */
  readonly withId: boolean
  /** The record of the member that the applicant stands for. */
  readonly record: Member | undefined
}

/**
 * Registers a member, or updates whoever has one of the identifiers: what V1 does without asking, and whom it means is
 * up to the organisation's settings (capillary-facts-2.md, A1).
 */
export function upsert(applicant: Applicant, world: UpsertWorld): Item {
  const { account, org, withId, record } = world
  const found = findHolder(applicant, world)
  if (found.kind === 'refused') return { json: failedItem(applicant.asSent, found.code), ok: false }
  const { fields, warnings } = acceptFields(applicant, org)
  let customer: Member
  if (found.kind === 'none') {
    customer = create(applicant, found.identifiers, world)
    customer.fields = fields
  } else {
    ;({ customer } = found)
    account.counters.v1Updated += 1
    if (found.bySecondary) account.counters.v1UpdatedBySecondary += 1
    customer.v1 ??= { arrivals: 0, answers: 0, updates: 0 }
    customer.v1.updates += 1
    warnings.push(...takeIdentifiers(customer, applicant, world))
    const isLoyal = customer.fields?.['loyaltyType']?.toUpperCase() !== 'NON_LOYALTY'
    if (isLoyal && fields['loyaltyType']?.toUpperCase() === 'NON_LOYALTY') {
      return { json: failedItem(applicant.asSent, 1046), ok: false }
    }
    customer.fields = { ...customer.fields, ...fields }
  }
  const named = namedWarning(applicant.externalId, 'register-v1')
  if (named !== undefined) warnings.push(v1Warning(named, 'EMAIL', 'BULK'))
  const message = found.kind === 'none' ? REGISTERED : UPDATED
  return {
    json: customerItem(customer, { message, warnings }, { where: 'add', withId, org }),
    ok: true,
    told() {
      if (record?.v1 !== undefined) record.v1.answers += 1
    },
  }
}

type Found =
  | { readonly kind: 'refused'; readonly code: number }
  | { readonly kind: 'none'; readonly identifiers: readonly Identifier[] }
  | { readonly kind: 'customer'; readonly customer: Member; readonly bySecondary: boolean }

function findHolder({ identifiers }: Applicant, { account, org }: UpsertWorld): Found {
  const primary = identifiers.find(({ type }) => type === org.primaryKey)
  const byPrimary = primary === undefined ? undefined : account.holderOf(primary)
  const others = identifiers.filter((identifier) => identifier !== primary)
  const bySecondary = others.map((identifier) => account.holderOf(identifier)).find((holder) => holder !== undefined)
  const customer = byPrimary ?? bySecondary
  if (customer === undefined) return { kind: 'none', identifiers }
  if (org.refusesExisting) return { kind: 'refused', code: existsCode(identifiers, customer) }
  if (byPrimary === undefined && primary !== undefined) {
    switch (org.secondaryKnown) {
      case 'refuse':
        return { kind: 'refused', code: 1047 }
      case 'leave':
        return { kind: 'none', identifiers: identifiers.filter((own) => account.holderOf(own) === undefined) }
      case 'repeat':
        return { kind: 'none', identifiers: [primary, ...others] }
      default:
    }
  }
  return { kind: 'customer', customer, bySecondary: byPrimary === undefined }
}

function existsCode(identifiers: readonly Identifier[], customer: Member): number {
  const shared = identifiers.find(({ type, value }) => identifierOf(customer, type) === value)
  switch (shared?.type) {
    case 'mobile':
      return 1032
    case 'externalId':
      return 1033
    case 'email':
      return 1016
    default:
      return 1014
  }
}

function create(applicant: Applicant, identifiers: readonly Identifier[], { account, org, now }: UpsertWorld): Member {
  // Its own record, by the identifier that is surely its own: that of another may be under the first of them.
  const own = identifiers.filter((identifier) => account.holderOf(identifier) === undefined)
  const member = account.newMember(own) ?? account.newMember(identifiers)
  if (member === undefined) throw new Error('an applicant without identifiers was not refused')
  const stays = org.externalIds === 'generated' ? identifiers.filter(({ type }) => type !== 'externalId') : identifiers
  account.register(member, stays, (asText(applicant.record['source']) || 'INSTORE').toUpperCase())
  if (org.externalIds === 'generated') account.identify(member, { type: 'externalId', value: `GEN${member.id}` })
  const registered = readWallTime(asText(applicant.record['registered_on']))
  member.registeredAt = registered ?? wallClock(now(), org.clusterOffset)
  return member
}

/** Null ones are filled, others stay unless the organisation lets them change, and the primary one always. */
function takeIdentifiers(customer: Member, { identifiers }: Applicant, { account, org }: UpsertWorld): V1Warning[] {
  const warnings: V1Warning[] = []
  for (const identifier of identifiers) {
    const { type, value } = identifier
    const before = identifierOf(customer, type)
    if (before === value) continue
    const holder = account.customerWith(identifier)
    if (holder !== undefined && holder !== customer && holder.survivor === undefined) {
      if (org.secondaryKnown === 'merge') account.takeIn(customer, holder)
      else warnings.push(v1Warning(91007, value))
    } else if (before === undefined) account.identify(customer, identifier)
    else if (type === org.primaryKey) warnings.push(v1Warning(91005, type, value))
    else if (org.mayChange.includes(type)) account.identify(customer, identifier)
    else if (holder !== customer) warnings.push(v1Warning(91006, LABELS[type] ?? type))
  }
  return warnings
}

const LABELS: Readonly<Record<string, string>> = { email: 'Email', mobile: 'Mobile', externalId: 'External ID' }

/** What the organisation has fields for; the rest is dropped under a success. */
function acceptFields({ record }: Applicant, org: OrgSettings): { fields: Fields; warnings: V1Warning[] } {
  const warnings: V1Warning[] = []
  const fields: Record<string, string> = {}
  for (const [name, value] of Object.entries(fieldsOfV1(record))) {
    const [, part, own = ''] = /^(fields|extendedFields)\.(.*)$/s.exec(name) ?? []
    if (part === 'fields' && org.customFields?.includes(own) === false) warnings.push(v1Warning(1017))
    else if (part === 'extendedFields' && org.extendedFields?.includes(own) === false) {
      warnings.push(v1Warning(91015, own))
    } else fields[name] = value
  }
  const till = asText(record['associated_with'])
  if (till !== '' && org.tills?.includes(till) === false) warnings.push(v1Warning(91021))
  return { fields, warnings }
}
