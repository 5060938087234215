import type { Json } from '../../model.ts'
import { shown } from '../fields.ts'
import type { Identifier } from '../identifiers.ts'
import { identifierOf } from '../member.ts'
import type { Member } from '../member.ts'
import type { OrgSettings } from '../org.ts'
import type { JsonRecord } from '../read-json.ts'
import { V1_ERRORS } from './texts.ts'
import type { V1Warning } from './texts.ts'
import { wallTime } from './wall-time.ts'

/** One entry of `customers.customer`. */
export interface Item {
  readonly json: JsonRecord
  readonly ok: boolean
  /** Called where the item left as it should be. */
  readonly told?: () => void
}

/** An item of success: the account as it is, which need not be what was sent (capillary-facts-2.md, A1, rule 4). */
export function customerItem(
  customer: Member,
  said: { readonly message: string; readonly warnings: readonly V1Warning[]; readonly code?: number },
  view: { readonly where: 'add' | 'get'; readonly withId: boolean; readonly org: OrgSettings },
): JsonRecord {
  const { where, withId, org } = view
  const fields = customer.fields ?? {}
  const externalId = identifierOf(customer, 'externalId') ?? null
  return {
    ...(withId && { user_id: customer.id }),
    firstname: fields['firstName'] ?? '',
    lastname: fields['lastName'] ?? '',
    mobile: identifierOf(customer, 'mobile') ?? '',
    email: identifierOf(customer, 'email') ?? '',
    external_id: org.externalIds === 'hidden' ? null : externalId,
    lifetime_points: 0,
    loyalty_points: customer.points.reduce((sum, [, points]) => sum + points, 0),
    current_slab: 'Base',
    lifetime_purchases: 0,
    registered_on: wallTime(customer.registeredAt),
    type: (fields['loyaltyType'] ?? 'LOYALTY').toUpperCase(),
    source: (customer.sources.split(/[,/]/)[0] ?? '').toLowerCase(),
    fraud_status: 'NONE',
    custom_fields: block(fields, 'fields.', where),
    extended_fields: block(fields, 'extendedFields.', where),
    subscriptions: { subscription: [] },
    ...(where === 'add' && { side_effects: { effect: [] } }),
    item_status: itemStatus(
      true,
      said.code ?? 1000,
      [said.message, ...said.warnings.map(({ text }) => text)].join(', '),
      {
        warnings: said.warnings,
      },
    ),
  }
}

/** An item of failure: what the request said of the member, and no id. */
export function failedItem(asSent: readonly Identifier[], code: number, message = V1_ERRORS[code]): JsonRecord {
  const names = Object.fromEntries(asSent.map(({ type, value }) => [V1_NAMES[type] ?? type, value]))
  return { ...names, item_status: itemStatus(false, code, message ?? `Error ${code}`, { warnings: [] }) }
}

/** V1's own name for a type of identifier. */
const V1_NAMES: Readonly<Record<string, string>> = { externalId: 'external_id' }

function itemStatus(
  ok: boolean,
  code: number,
  message: string,
  { warnings }: { readonly warnings: readonly V1Warning[] },
): JsonRecord {
  return {
    success: String(ok),
    code: String(code),
    message,
    warnings: { warning: warnings.map((one) => String(one.code)) },
  }
}

function block(fields: Readonly<Record<string, string>>, prefix: string, where: 'add' | 'get'): Json {
  return {
    field: Object.entries(fields)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => {
        const own = name.slice(prefix.length)
        return { name: own, value: prefix === 'fields.' ? value : shown(own, value, where) }
      }),
  }
}
