import { didYouMean } from './nearest.ts'
import { parseTemplate } from './parse-template.ts'
import type { ParseContext } from './parse-template.ts'
import { pathBelow } from './plan-problem.ts'
import { entryOf } from './read-yaml.ts'
import type { YamlEntry, YamlNode } from './read-yaml.ts'
import type { Template, TemplateField } from './template.ts'

export interface RegisterTemplates {
  readonly body: Template
  readonly headers: readonly TemplateField[]
  readonly query: readonly TemplateField[]
}

export interface LinkTemplates {
  readonly customer: Template
  readonly linkToPartnerPrograms: Template
  readonly headers: readonly TemplateField[]
  readonly query: readonly TemplateField[]
}

/** What the link API knows a customer by. */
export const CUSTOMER_IDENTIFIERS = ['id', 'mobile', 'email', 'externalId']

/** Parses `register:`. Undefined where the plan has none, or what stands there is already a problem of the schema. */
export function parseRegister(node: YamlNode | undefined, context: ParseContext): RegisterTemplates | undefined {
  const body = entryOf(node, 'body')?.value
  const parameters = parseBoth(node, 'register', context)
  if (body === undefined) return undefined
  expectKind(body, 'map', 'register.body', context)
  return { body: parseTemplate(body, 'register.body', context), ...parameters }
}

/** Parses `link:`, like `parseRegister`. */
export function parseLink(node: YamlNode | undefined, context: ParseContext): LinkTemplates | undefined {
  const customer = entryOf(node, 'customer')?.value
  const programs = entryOf(node, 'linkToPartnerPrograms')?.value
  const parameters = parseBoth(node, 'link', context)
  if (customer === undefined || programs === undefined) return undefined
  expectKind(customer, 'map', 'link.customer', context)
  expectKind(programs, 'list', 'link.linkToPartnerPrograms', context)
  checkCustomer(customer, context)
  checkPrograms(programs, context)
  return {
    customer: parseTemplate(customer, 'link.customer', context),
    linkToPartnerPrograms: parseTemplate(programs, 'link.linkToPartnerPrograms', context),
    ...parameters,
  }
}

function expectKind(node: YamlNode, kind: 'map' | 'list', path: string, context: ParseContext): void {
  const expression = node.kind === 'scalar' && typeof node.value === 'string' && /^\$\{[^}]*\}$/.test(node.value)
  if (node.kind === kind || expression || (node.kind === 'scalar' && node.value === null)) return
  const found = node.kind === 'scalar' ? `\`${node.source}\`` : `a ${node.kind}`
  const message = `Found ${found}, expected a ${kind}, or one expression that gives it, such as "\${.}".`
  context.problems.push({ at: node.at, path, message })
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

function parseBoth(node: YamlNode | undefined, path: string, context: ParseContext) {
  const headers = parseParameters(node, pathBelow(path, 'headers'), context)
  for (const header of headers) checkHeader(header, pathBelow(path, 'headers'), entryOf(node, 'headers'), context)
  return { headers, query: parseParameters(node, pathBelow(path, 'query'), context) }
}

function parseParameters(lane: YamlNode | undefined, path: string, context: ParseContext): readonly TemplateField[] {
  const node = entryOf(lane, path.slice(path.indexOf('.') + 1))?.value
  if (node === undefined) return []
  if (node.kind !== 'map') {
    context.problems.push({ at: node.at, path, message: 'Expected a map of names and values.' })
    return []
  }
  return node.entries.flatMap(({ name, value }) => {
    const inner = pathBelow(path, name)
    if (value.kind === 'scalar' && value.value !== null) {
      return [{ name, value: parseTemplate(value, inner, context) }]
    }
    context.problems.push({ at: value.at, path: inner, message: 'Expected one value: text, which may hold `${…}`.' })
    return []
  })
}

const RESERVED_HEADERS = new Set([
  'authorization',
  'x-cap-api-oauth-token',
  'content-type',
  'content-length',
  'transfer-encoding',
  'connection',
  'host',
])

function checkHeader(
  { name, value }: TemplateField,
  path: string,
  headers: YamlEntry | undefined,
  context: ParseContext,
): void {
  const at = entryOf(headers?.value, name)?.at ?? { line: 1, column: 1 }
  const report = (message: string): void => {
    context.problems.push({ at, path: pathBelow(path, name), message })
  }
  if (RESERVED_HEADERS.has(name.toLowerCase())) {
    report(`The header \`${name}\` is rollcall's own to send, from its environment. Take it out of the plan.`)
  } else if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
    report(`\`${name}\` is no name for a header: letters, digits and hyphens only.`)
  } else if (value.kind === 'literal' && typeof value.value === 'string' && !isHeaderValue(value.value)) {
    report('A header holds plain western text on one line.')
  }
}

/** What HTTP takes as a header's value. */
export function isHeaderValue(text: string): boolean {
  // eslint-disable-next-line no-control-regex
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(text)
}
