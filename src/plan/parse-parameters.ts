import { parseTemplate } from './parse-template.ts'
import type { ParseContext } from './parse-template.ts'
import { pathBelow } from './plan-problem.ts'
import { entryOf } from './read-yaml.ts'
import type { YamlEntry, YamlNode } from './read-yaml.ts'
import type { Template, TemplateField } from './template.ts'

/** The headers and the query that a plan adds to a lane's requests. */
export interface ParameterTemplates {
  readonly headers: readonly TemplateField[]
  readonly query: readonly TemplateField[]
}

/** Parses `headers` and `query` of a lane's part, which stands at `path`. */
export function parseParameters(node: YamlNode, path: string, context: ParseContext): ParameterTemplates {
  const headers = parseFields(node, pathBelow(path, 'headers'), context)
  for (const header of headers) checkHeader(header, pathBelow(path, 'headers'), entryOf(node, 'headers'), context)
  return { headers, query: parseFields(node, pathBelow(path, 'query'), context) }
}

/** What the parameters are made of, in the order in which they are written. */
export function parameterTemplates({ headers, query }: ParameterTemplates): readonly Template[] {
  return [...headers, ...query].map(({ value }) => value)
}

function parseFields(lane: YamlNode, path: string, context: ParseContext): readonly TemplateField[] {
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
