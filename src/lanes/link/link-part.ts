import { z } from 'zod'
import type { Json } from '../../model.ts'
import { columnList } from '../../plan/column-list.ts'
import { compileParameters } from '../../plan/compile-parameters.ts'
import { compileTemplate } from '../../plan/compile-template.ts'
import { expectKind } from '../../plan/expect-kind.ts'
import { CUSTOMER_IDENTIFIERS, findCustomerIdentifiers } from '../../plan/identifiers.ts'
import { didYouMean } from '../../plan/nearest.ts'
import { type ParameterTemplates, parameterTemplates, parseParameters } from '../../plan/parse-parameters.ts'
import { parseTemplate } from '../../plan/parse-template.ts'
import type { ParseContext } from '../../plan/parse-template.ts'
import { pathBelow } from '../../plan/plan-problem.ts'
import { entryOf } from '../../plan/read-yaml.ts'
import type { YamlNode } from '../../plan/read-yaml.ts'
import { isCount, present, reading } from '../../plan/schema-values.ts'
import type { Template } from '../../plan/template.ts'
import { isList, isObject } from '../../plan/values.ts'
import type { LanePart, LanePlan } from '../lane.ts'
import { type LinkRequest, MAX_CUSTOMERS } from './link-request.ts'

/** `link:` of a plan. */
export interface LinkPart extends LanePart, ParameterTemplates {
  readonly customer: Template
  readonly linkToPartnerPrograms: Template
}

export const linkPlan: LanePlan<LinkRequest, LinkPart> = {
  keys: z.strictObject({
    batch: reading(
      readBatch,
      `a whole number from 1 to ${MAX_CUSTOMERS} (the API takes no more customers in a request)`,
    ).optional(),
    customer: present('the identifiers of the customer, as in `customer: { externalId: "${external_id}" }`'),
    linkToPartnerPrograms: present('the list of partner programs'),
    headers: z.unknown().optional(),
    query: z.unknown().optional(),
  }),

  parse(node, context, settings) {
    const who = entryOf(node, 'customer')?.value
    const programs = entryOf(node, 'linkToPartnerPrograms')?.value
    const parameters = parseParameters(node, 'link', context)
    if (who === undefined || programs === undefined) return undefined
    expectKind(who, 'map', 'link.customer', context)
    expectKind(programs, 'list', 'link.linkToPartnerPrograms', context)
    checkCustomer(who, context)
    checkPrograms(programs, context)
    const customer = parseTemplate(who, 'link.customer', context)
    const linkToPartnerPrograms = parseTemplate(programs, 'link.linkToPartnerPrograms', {
      ...context,
      neededInList: { linkToPartnerPrograms: 'partnerProgramName' },
    })
    return {
      batch: typeof settings?.['batch'] === 'number' ? settings['batch'] : MAX_CUSTOMERS,
      customer,
      linkToPartnerPrograms,
      ...parameters,
      templates: [customer, linkToPartnerPrograms, ...parameterTemplates(parameters)],
    }
  },

  asksNothing: 'it names no partner program',

  compile(part, { scope, faults }) {
    const customer = compileTemplate(part.customer, scope)
    const programs = compileTemplate(part.linkToPartnerPrograms, scope)
    const parameters = compileParameters(part, scope)
    const from = columnList(part.customer)
    return (input, found) => {
      const links = programs(input)
      if (links === undefined || (isList(links) && links.length === 0)) return undefined
      if (!isProgramList(links)) {
        const message = 'linkToPartnerPrograms is not a list of programs.'
        faults.push({ message, hint: 'Each is an object with a partnerProgramName.', kind: message })
        return undefined
      }
      const known = faults.length
      const who = customer(input)
      const before = found.count
      findCustomerIdentifiers(who, found)
      if (faults.length === known && found.count === before) {
        const reason = from === '' ? '' : `: ${from}`
        const message = `The row asks for a link and names no customer${reason}.`
        faults.push({
          message,
          hint: 'A link needs the mobile, the e-mail or the external id of the member.',
          kind: message,
        })
      }
      if (!isObject(who)) return undefined
      const [headers, query] = [parameters.headers(input), parameters.query(input)]
      return { customer: who, linkToPartnerPrograms: links, headers, query }
    }
  },
}

function readBatch(value: unknown): number | undefined {
  return isCount(value) && value >= 1 && value <= MAX_CUSTOMERS ? value : undefined
}

function isProgramList(value: Json): value is readonly Json[] {
  return isList(value) && value.every(isObject)
}

function checkCustomer(node: YamlNode, context: ParseContext): void {
  if (node.kind !== 'map') return
  for (const { name, at } of node.entries) {
    if (CUSTOMER_IDENTIFIERS.includes(name)) continue
    const known = CUSTOMER_IDENTIFIERS.join(', ')
    const message = `The link API knows no identifier \`${name}\`.${didYouMean(name, CUSTOMER_IDENTIFIERS)} It knows ${known}.`
    context.problems.push({ at, path: pathBelow('link.customer', name), message })
  }
}

function checkPrograms(node: YamlNode, context: ParseContext): void {
  if (node.kind !== 'list') return
  for (const [index, item] of node.items.entries()) {
    if (item.kind === 'scalar' || entryOf(item, 'partnerProgramName') !== undefined) continue
    const path = pathBelow('link.linkToPartnerPrograms', index)
    context.problems.push({ at: item.at, path, message: 'A program needs a `partnerProgramName`.' })
  }
}
