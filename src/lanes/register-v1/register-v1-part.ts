import { z } from 'zod'
import { isAskable } from '../../capillary/v1/look-up-members.ts'
import { V1_IDENTIFIERS } from '../../capillary/v1/read-v1-reply.ts'
import { columnList } from '../../plan/column-list.ts'
import { compileParameters } from '../../plan/compile-parameters.ts'
import { compileTemplate } from '../../plan/compile-template.ts'
import { expectKind } from '../../plan/expect-kind.ts'
import type { Fault } from '../../plan/fault.ts'
import type { Identifier, Json } from '../../model.ts'
import { addIdentifier } from '../../plan/identifiers.ts'
import { type ParameterTemplates, parameterTemplates, parseParameters } from '../../plan/parse-parameters.ts'
import { type ParseContext, parseTemplate } from '../../plan/parse-template.ts'
import { pathBelow } from '../../plan/plan-problem.ts'
import { type YamlNode, entryOf } from '../../plan/read-yaml.ts'
import { isCount, present, reading } from '../../plan/schema-values.ts'
import type { Template } from '../../plan/template.ts'
import type { KeepsIdentifier } from '../../plan/sieve.ts'
import { isObject, withoutFields } from '../../plan/values.ts'
import { withoutEmpty } from '../../plan/without-empty.ts'
import type { LanePart, LanePlan } from '../lane-plan.ts'
import { MOST_IN_BATCH, type RegisterV1Request, identifiersIn } from './register-v1-request.ts'

/** `register-v1:` of a plan. */
export interface RegisterV1Part extends LanePart, ParameterTemplates {
  readonly customer: Template
  readonly keep: boolean
}

/** What public clients send at most; 1060 teaches a smaller number. */
const DEFAULT_BATCH = 10

const PATH = 'register-v1'

export const registerV1Plan: LanePlan<RegisterV1Request, RegisterV1Part> = {
  keys: z.strictObject({
    batch: reading(
      readBatch,
      `a whole number from 1 to ${MOST_IN_BATCH}, as in \`batch: ${DEFAULT_BATCH}\``,
    ).optional(),
    existing: z
      .unknown()
      .refine((value) => value === 'keep' || value === 'update', { error: existingChoices() })
      .optional(),
    customer: present('one member, as in `customer: { external_id: "${external_id}", firstname: "${first_name}" }`'),
    headers: z.unknown().optional(),
    query: z.unknown().optional(),
  }),

  parse(node, context, settings) {
    const found = entryOf(node, 'customer')?.value
    const existing = entryOf(node, 'existing')
    const parameters = parseParameters(node, PATH, context)
    if (node.kind === 'map' && existing === undefined) {
      context.problems.push({
        at: node.at,
        path: pathBelow(PATH, 'existing'),
        message: `It is missing: say ${existingChoices()}.`,
      })
    }
    if (found === undefined) return undefined
    expectKind(found, 'map', `${PATH}.customer`, context)
    checkCustomer(found, context)
    const customer = parseTemplate(found, `${PATH}.customer`, { ...context, neededInList: { field: 'value' } })
    return {
      batch: typeof settings?.['batch'] === 'number' ? settings['batch'] : DEFAULT_BATCH,
      keep: settings?.['existing'] !== 'update',
      customer,
      ...parameters,
      templates: [customer, ...parameterTemplates(parameters)],
    }
  },

  compile(part, { scope, keeps, faults }) {
    const customer = compileTemplate(part.customer, scope)
    const parameters = compileParameters(part, scope)
    const missing = missingIdentifier(part.customer)
    return (input, found) => {
      const known = faults.length
      const rendered = customer(input)
      const value = rendered === undefined ? undefined : keptCustomer(withoutEmpty(rendered), keeps)
      const identifiers = value === undefined ? [] : identifiersIn(value)
      for (const { type, value: name } of identifiers) addIdentifier(found, type, name)
      if (faults.length > known) return undefined
      if (value === undefined || !isObject(value) || identifiers.length === 0) {
        faults.push(missing)
        return undefined
      }
      if (part.keep && !canBeLookedUp(identifiers)) faults.push(UNASKABLE)
      return { customer: value, keep: part.keep, headers: parameters.headers(input), query: parameters.query(input) }
    }
  },
}

function keptCustomer(customer: Json | undefined, keeps: KeepsIdentifier): Json | undefined {
  if (customer === undefined || !isObject(customer)) return customer
  return withoutFields(
    customer,
    V1_IDENTIFIERS.flatMap(([type, name]) => (keeps(type, customer[name]) ? [] : [name])),
  )
}

function readBatch(value: unknown): number | undefined {
  return isCount(value) && value >= 1 && value <= MOST_IN_BATCH ? value : undefined
}

function existingChoices(): string {
  return (
    '`existing: keep` (who is there already is looked for first and not sent; it costs a look-up for each identifier, on a ' +
    'limit of its own) or `existing: update` (they are sent as well, and the API changes them without asking: a row whose ' +
    'e-mail or external id is another member’s changes that member)'
  )
}

/** What version 2 calls otherwise, or V1 has no field for. */
function checkCustomer(node: YamlNode, context: ParseContext): void {
  if (node.kind !== 'map') return
  for (const { name, at } of node.entries) {
    const message = MISTAKEN[name]
    if (message !== undefined) context.problems.push({ at, path: pathBelow(`${PATH}.customer`, name), message })
  }
}

const MISTAKEN: Readonly<Record<string, string>> = {
  externalId: 'V1 calls it `external_id`.',
  firstName: 'V1 calls it `firstname`.',
  lastName: 'V1 calls it `lastname`.',
  identifiers: 'V1 has `mobile`, `email` and `external_id` in the place of a list of identifiers.',
  profiles: 'V1 has a member’s names and identifiers at the top, without `profiles`.',
  extendedFields:
    'V1 calls it `extended_fields`, with a list: `extended_fields: { field: [{ name: city, value: "${city}" }] }`.',
  fields: 'V1 calls it `custom_fields`, with a list: `custom_fields: { field: [{ name: hobby, value: "${hobby}" }] }`.',
  loyaltyProgramEnrollments:
    'V1 has no field for points or tiers: register with `register:` to enrol members with them.',
}

function missingIdentifier(customer: Template): Fault {
  const names = V1_IDENTIFIERS.map(([, name]) => name).join('|')
  const columns = columnList(customer, new RegExp(`^${PATH}\\.customer\\.(${names})$`))
  const message =
    columns === ''
      ? 'The customer has no identifier: no mobile, email or external_id.'
      : `The row has no identifier: ${columns}.`
  return { message, hint: 'A member needs a mobile, an e-mail or an external id.', kind: message }
}

/** By all that somebody may be known by: no e-mail address and no number of anybody's holds a comma, and an id may. */
function canBeLookedUp(identifiers: readonly Identifier[]): boolean {
  return identifiers.some(isAskable) && identifiers.every((one) => one.type !== 'externalId' || isAskable(one))
}

const UNASKABLE: Fault = {
  message:
    'Whether the member is there cannot be looked up: the identifier holds a comma, which parts identifiers there.',
  hint: 'Give the row an identifier without a comma, or import it under a plan with `existing: update`.',
  kind: 'Whether the member is there cannot be looked up: the identifier holds a comma.',
}
