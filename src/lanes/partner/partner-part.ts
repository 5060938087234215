import { z } from 'zod'
import type { Json } from '../../model.ts'
import { columnList } from '../../plan/column-list.ts'
import { compileParameters } from '../../plan/compile-parameters.ts'
import { compileTemplate } from '../../plan/compile-template.ts'
import { expectKind } from '../../plan/expect-kind.ts'
import type { Fault } from '../../plan/fault.ts'
import { CUSTOMER_IDENTIFIERS, findCustomerIdentifiers } from '../../plan/identifiers.ts'
import { didYouMean } from '../../plan/nearest.ts'
import { type ParameterTemplates, parameterTemplates, parseParameters } from '../../plan/parse-parameters.ts'
import { type ParseContext, parseTemplate } from '../../plan/parse-template.ts'
import { pathBelow } from '../../plan/plan-problem.ts'
import { type YamlNode, entryOf } from '../../plan/read-yaml.ts'
import { isCount, present, reading } from '../../plan/schema-values.ts'
import type { Template } from '../../plan/template.ts'
import type { KeepsIdentifier } from '../../plan/sieve.ts'
import { isList, isObject, withoutFields } from '../../plan/values.ts'
import type { LanePart, LanePlan } from '../lane-plan.ts'
import { MAX_CUSTOMERS, type PartnerRequest } from './partner-request.ts'

/** What a plan says of a call of the partner program: a customer, and a list of programs. */
export interface PartnerPart extends LanePart, ParameterTemplates {
  readonly customer: Template
  readonly programs: Template
}

/** What is particular to a call. */
export interface PartnerPlan {
  readonly lane: string
  /** The name of the list of programs. */
  readonly list: string
  /** What is asked, with its article: `a link`. */
  readonly noun: string
  readonly batch: number
  readonly asksNothing: string
  /** What is wrong with an element of the list, as it stands in the plan. */
  checkProgram?(node: YamlNode, path: string, context: ParseContext): void
  /** The programs that a row asks for, of those that its plan gives; adds what is wrong with them to the faults. */
  choose?(programs: readonly ProgramFields[], faults: Fault[]): readonly ProgramFields[]
}

export type ProgramFields = { readonly [name: string]: Json }

/** How a plan asks for a call of the partner program. */
export function partnerPlan<Request extends PartnerRequest>(call: PartnerPlan): LanePlan<Request, PartnerPart> {
  const { lane, list } = call
  return {
    keys: z.strictObject({
      batch: reading(
        readBatch,
        `a whole number from 1 to ${MAX_CUSTOMERS} (the API takes no more customers in a request)`,
      ).optional(),
      customer: present('the identifiers of the customer, as in `customer: { externalId: "${external_id}" }`'),
      [list]: present('the list of partner programs'),
      headers: z.unknown().optional(),
      query: z.unknown().optional(),
    }),

    parse(node, context, settings) {
      const who = entryOf(node, 'customer')?.value
      const which = entryOf(node, list)?.value
      const parameters = parseParameters(node, lane, context)
      if (who === undefined || which === undefined) return undefined
      expectKind(who, 'map', `${lane}.customer`, context)
      expectKind(which, 'list', `${lane}.${list}`, context)
      checkCustomer(who, call, context)
      checkPrograms(which, call, context)
      const customer = parseTemplate(who, `${lane}.customer`, context)
      const programs = parseTemplate(which, `${lane}.${list}`, {
        ...context,
        neededInList: { [list]: 'partnerProgramName' },
      })
      return {
        batch: typeof settings?.['batch'] === 'number' ? settings['batch'] : call.batch,
        customer,
        programs,
        ...parameters,
        templates: [customer, programs, ...parameterTemplates(parameters)],
      }
    },

    asksNothing: call.asksNothing,

    compile(part, { scope, keeps, faults }) {
      const customer = compileTemplate(part.customer, scope)
      const programs = compileTemplate(part.programs, scope)
      const parameters = compileParameters(part, scope)
      const from = columnList(part.customer)
      const types = CUSTOMER_IDENTIFIERS.filter((type) => mayHave(part.customer, type))
      return (input, found) => {
        const given = programs(input)
        if (given === undefined || (isList(given) && given.length === 0)) return undefined
        if (!isProgramList(given)) {
          const message = `${list} is not a list of programs.`
          faults.push({ message, hint: 'Each is an object with a partnerProgramName.', kind: message })
          return undefined
        }
        const chosen = call.choose === undefined ? given : call.choose(given, faults)
        if (chosen.length === 0) return undefined
        const known = faults.length
        const named = customer(input)
        const who = isObject(named) ? keptCustomer(named, types, keeps) : named
        const before = found.count
        findCustomerIdentifiers(who, found)
        if (faults.length === known && found.count === before) faults.push(noCustomer(call.noun, from))
        if (!isObject(who)) return undefined
        // Field by field: a literal with a name that is not known beforehand takes many times as long.
        const request: Record<string, unknown> = { customer: who }
        request[list] = chosen
        request['headers'] = parameters.headers(input)
        request['query'] = parameters.query(input)
        return request as unknown as Request
      }
    },
  }
}

/** The customer without the identifiers of these types that are not kept; the very same where all are. */
function keptCustomer(customer: ProgramFields, types: readonly string[], keeps: KeepsIdentifier): ProgramFields {
  let kept = customer
  for (const type of types) if (!keeps(type, customer[type])) kept = withoutFields(kept, [type])
  return kept
}

function mayHave(template: Template, name: string): boolean {
  return template.kind !== 'object' || template.fields.some((field) => field.name === name)
}

function noCustomer(noun: string, from: string): Fault {
  const message = `The row asks for ${noun} and names no customer${from === '' ? '' : `: ${from}`}.`
  const [, word = noun] = noun.split(' ')
  return {
    message,
    hint: `${noun.startsWith('an') ? 'An' : 'A'} ${word} needs the mobile, the e-mail or the external id of the member.`,
    kind: message,
  }
}

function readBatch(value: unknown): number | undefined {
  return isCount(value) && value >= 1 && value <= MAX_CUSTOMERS ? value : undefined
}

function isProgramList(value: Json): value is readonly ProgramFields[] {
  return isList(value) && value.every(isObject)
}

function checkCustomer(node: YamlNode, { lane }: PartnerPlan, context: ParseContext): void {
  if (node.kind !== 'map') return
  for (const { name, at } of node.entries) {
    if (CUSTOMER_IDENTIFIERS.includes(name)) continue
    const known = CUSTOMER_IDENTIFIERS.join(', ')
    const message = `The ${lane} API knows no identifier \`${name}\`.${didYouMean(name, CUSTOMER_IDENTIFIERS)} It knows ${known}.`
    context.problems.push({ at, path: pathBelow(`${lane}.customer`, name), message })
  }
}

function checkPrograms(node: YamlNode, { lane, list, checkProgram }: PartnerPlan, context: ParseContext): void {
  if (node.kind !== 'list') return
  for (const [index, item] of node.items.entries()) {
    const path = pathBelow(`${lane}.${list}`, index)
    if (item.kind !== 'scalar' && entryOf(item, 'partnerProgramName') === undefined) {
      context.problems.push({ at: item.at, path, message: 'A program needs a `partnerProgramName`.' })
    }
    checkProgram?.(item, path, context)
  }
}
