import { z } from 'zod'
import type { Identifier, Json } from '../../model.ts'
import { columnList } from '../../plan/column-list.ts'
import { compileParameters } from '../../plan/compile-parameters.ts'
import { compileTemplate } from '../../plan/compile-template.ts'
import { expectKind } from '../../plan/expect-kind.ts'
import type { Fault } from '../../plan/fault.ts'
import { addIdentifier } from '../../plan/identifiers.ts'
import { didYouMean } from '../../plan/nearest.ts'
import { type ParameterTemplates, parameterTemplates, parseParameters } from '../../plan/parse-parameters.ts'
import { type ParseContext, parseTemplate } from '../../plan/parse-template.ts'
import { pathBelow } from '../../plan/plan-problem.ts'
import { type YamlNode, entryOf } from '../../plan/read-yaml.ts'
import { present } from '../../plan/schema-values.ts'
import type { Template } from '../../plan/template.ts'
import { isEmpty, isList, isObject, textOf } from '../../plan/values.ts'
import { withoutEmpty } from '../../plan/without-empty.ts'
import type { LanePart, LanePlan } from '../lane-plan.ts'
import type { UpdateRequest } from './update-request.ts'

/** `update:` of a plan. */
export interface UpdatePart extends LanePart, ParameterTemplates {
  readonly by: Template
  readonly source: Template
  readonly body: Template
}

export const updatePlan: LanePlan<UpdateRequest, UpdatePart> = {
  keys: z.strictObject({
    by: present('what the member is asked by, as in `by: { externalId: "${external_id}" }`'),
    source: present('the source of the member, as in `source: INSTORE`'),
    body: present('what is to be changed, as in `body: { profiles: [{ lastName: "${last_name}" }] }`'),
    headers: z.unknown().optional(),
    query: z.unknown().optional(),
  }),

  parse(node, context) {
    const [who, where, what] = ['by', 'source', 'body'].map((name) => entryOf(node, name)?.value)
    const parameters = parseParameters(node, 'update', context)
    if (who === undefined || where === undefined || what === undefined) return undefined
    expectKind(who, 'map', 'update.by', context)
    expectKind(what, 'map', 'update.body', context)
    checkBy(who, context)
    checkBody(what, context)
    const by = parseTemplate(who, 'update.by', context)
    const source = parseTemplate(where, 'update.source', context)
    const body = parseTemplate(what, 'update.body', context)
    return {
      batch: 1,
      by,
      source,
      body,
      ...parameters,
      templates: [by, source, body, ...parameterTemplates(parameters)],
    }
  },

  asksNothing: 'it has nothing to change',

  compile(part, { scope, keeps, faults }) {
    const by = compileTemplate(part.by, scope)
    const source = compileTemplate(part.source, scope)
    const body = compileTemplate(part.body, scope)
    const parameters = compileParameters(part, scope)
    const missing = missingIdentifier(part.by)
    return (input, found) => {
      const known = faults.length
      const who = identifiersOf(by(input)).filter(({ type, value }) => keeps(type, value))
      const where = source(input)
      const rendered = body(input)
      for (const { type, value } of who) addIdentifier(found, type, value)
      if (faults.length > known) return undefined
      const what = rendered === undefined ? undefined : withoutEmpty(rendered)
      if (what === undefined || !isObject(what) || changesNothing(what)) return undefined
      const [first] = who
      if (first === undefined) faults.push(missing)
      const refused = refusedIn(what)
      if (refused !== undefined) faults.push(refused)
      const place = isEmpty(where) ? undefined : textOf(where ?? null)
      if (place === undefined) faults.push(NO_SOURCE)
      if (first === undefined || place === undefined) return undefined
      return {
        by: first,
        source: place,
        body: what,
        headers: parameters.headers(input),
        query: parameters.query(input),
      }
    }
  },
}

/** In the order in which they are written: the first that the row has is asked by. */
function identifiersOf(by: Json | undefined): readonly Identifier[] {
  if (by === undefined || !isObject(by)) return []
  return Object.entries(by).flatMap(([type, value]) => {
    const text = isEmpty(value) ? undefined : textOf(value)
    return text === undefined ? [] : [{ type, value: text.trim() }]
  })
}

/** A source alone, which the API does not change. */
function changesNothing(body: { readonly [name: string]: Json }): boolean {
  const { profiles, ...others } = body
  if (Object.keys(others).length > 0) return false
  const list = isList(profiles) ? profiles : []
  return list.every((profile) => isObject(profile) && Object.keys(profile).every((name) => UNCHANGEABLE.has(name)))
}

const UNCHANGEABLE: ReadonlySet<string> = new Set(['source', 'accountId'])

const IDENTIFIERS = ['mobile', 'email', 'externalId', 'cardnumber', 'cuid', 'unionId', 'wechat', 'martjackId', 'fbId']

function checkBy(node: YamlNode, context: ParseContext): void {
  if (node.kind !== 'map') return
  for (const { name, at } of node.entries) {
    if (IDENTIFIERS.includes(name)) continue
    const known = IDENTIFIERS.slice(0, 4).join(', ')
    const message = `The API finds no member by \`${name}\`.${didYouMean(name, IDENTIFIERS)} Give one or several of ${known}: the first that a row has is asked by.`
    context.problems.push({ at, path: pathBelow('update.by', name), message })
  }
}

/** What an update must not hold, as it stands in the plan. */
function checkBody(node: YamlNode, context: ParseContext): void {
  const refuse = (at: YamlNode['at'], path: string, message: string): void => {
    context.problems.push({ at, path, message })
  }
  const enrolments = entryOf(node, 'loyaltyProgramEnrollments')
  if (enrolments !== undefined) refuse(enrolments.at, 'update.body.loyaltyProgramEnrollments', ENROLMENTS)
  for (const name of ['identifiers', 'commChannels']) {
    const own = entryOf(node, name)
    if (own !== undefined) refuse(own.at, `update.body.${name}`, name === 'identifiers' ? MERGES : IN_PROFILE)
  }
  const profiles = entryOf(node, 'profiles')?.value
  for (const [index, profile] of (profiles?.kind === 'list' ? profiles.items : []).entries()) {
    const path = `update.body.profiles[${index}]`
    const identifiers = entryOf(profile, 'identifiers')
    if (identifiers !== undefined) refuse(identifiers.at, `${path}.identifiers`, MERGES)
    const channels = entryOf(profile, 'commChannels')
    if (channels?.value.kind === 'list' && channels.value.items.length === 0) {
      refuse(channels.at, `${path}.commChannels`, EMPTIES)
    }
  }
}

const MERGES =
  'An update takes no identifiers: where one of them is another member’s, the API makes one account of the two, which ' +
  'nothing undoes. Change identifiers in Member Care.'
const ENROLMENTS =
  'An update takes no enrolments: they do nothing for a member who is in the program, but for points, which are credited ' +
  'each time that they are sent. Enrol members when they are registered.'
const EMPTIES =
  'An empty list may take the place of all channels that the member has. Leave `commChannels` out, or give every channel.'
const IN_PROFILE = '`commChannels` stands in a profile: `profiles: [{ commChannels: […] }]`.'

/** The same of a row whose record is sent whole. */
function refusedIn(body: { readonly [name: string]: Json }): Fault | undefined {
  if (body['loyaltyProgramEnrollments'] !== undefined) return fault('loyaltyProgramEnrollments', ENROLMENTS)
  const { profiles } = body
  const has = (isList(profiles) ? profiles : []).some(
    (profile) => isObject(profile) && profile['identifiers'] !== undefined,
  )
  return has || body['identifiers'] !== undefined ? fault('identifiers', MERGES) : undefined
}

function fault(field: string, why: string): Fault {
  const message = `The update holds \`${field}\`.`
  return { message, hint: why, kind: message }
}

const NO_SOURCE: Fault = {
  message: 'The update names no source.',
  hint: 'Give `source` in the plan, such as INSTORE.',
  kind: 'The update names no source.',
}

function missingIdentifier(by: Template): Fault {
  const columns = columnList(by)
  const message = `The row is to change a member and names none${columns === '' ? '' : `: ${columns}`}.`
  return { message, hint: 'An update needs the mobile, the e-mail or the external id of the member.', kind: message }
}
