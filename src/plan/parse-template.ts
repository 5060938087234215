import type { Json } from '../model.ts'
import { isBirthField } from './birth-field.ts'
import { birthWatch } from './birth-watch.ts'
import { makeFilter } from './filters.ts'
import { identifierFilter } from './identifier-filter.ts'
import type { Tables } from './filters.ts'
import { isNameField, nameFilter } from './name-filter.ts'
import { pathBelow } from './plan-problem.ts'
import type { Place, PlanProblem } from './plan-problem.ts'
import { readExpression } from './read-expression.ts'
import { entryOf } from './read-yaml.ts'
import type { YamlNode, YamlScalar } from './read-yaml.ts'
import type { Expression, Filter, Template } from './template.ts'

/** What parsing needs to know, and where it leaves what is wrong. */
export interface ParseContext {
  readonly tables: Tables
  readonly problems: PlanProblem[]
  /** The fields that elements of a lane's lists cannot do without, by the list's name. */
  readonly neededInList?: Readonly<Record<string, string>>
}

/** The field that an element of these lists cannot do without, wherever they stand. */
const NEEDED_IN_LIST: Readonly<Record<string, string>> = { identifiers: 'value', commChannels: 'value' }

/** Parses a part of the plan into a template. Problems are added to the context; what has one is left out. */
export function parseTemplate(node: YamlNode, path: string, context: ParseContext): Template {
  return parseNode(node, { path, name: path.slice(path.lastIndexOf('.') + 1) }, context)
}

interface Position {
  readonly path: string
  /** The field's name, for a list; the list's, for its elements. */
  readonly name?: string
  /** What the value is to the API: the field's name, or the one that stands beside it as its `name`. */
  readonly field?: string | undefined
}

function parseNode(node: YamlNode, position: Position, context: ParseContext): Template {
  switch (node.kind) {
    case 'scalar':
      return parseScalar(node, position, context)
    case 'list': {
      const items = node.items.map((item, index) =>
        parseNode(item, { path: pathBelow(position.path, index), name: position.name, field: position.field }, context),
      )
      const literals = literalValues(items)
      return literals === undefined ? { kind: 'list', items } : { kind: 'literal', value: literals }
    }
    case 'map': {
      const fields = node.entries.map((entry) => {
        const path = pathBelow(position.path, entry.name)
        if (entry.name.includes('${')) {
          const message = "A field's name is fixed; only its value may hold `${…}`."
          context.problems.push({ at: entry.at, path, message })
        }
        const field = entry.name === 'value' ? nameBeside(node) : entry.name
        return { name: entry.name, value: parseNode(entry.value, { path, name: entry.name, field }, context) }
      })
      const literals = literalValues(fields.map((field) => field.value))
      if (literals === undefined) {
        const inList = position.path.endsWith(']')
        return { kind: 'object', fields, inList, needs: inList ? neededIn(position.name ?? '', context) : undefined }
      }
      return {
        kind: 'literal',
        value: Object.fromEntries(fields.map((field, index) => [field.name, literals[index] ?? null])),
      }
    }
  }
}

function neededIn(list: string, { neededInList = {} }: ParseContext): string | undefined {
  const needed = { ...NEEDED_IN_LIST, ...neededInList }
  return Object.hasOwn(needed, list) ? needed[list] : undefined
}

/** `dob` of `{ name: dob, value: … }`. */
function nameBeside(node: YamlNode): string | undefined {
  const name = entryOf(node, 'name')?.value
  return name?.kind === 'scalar' && typeof name.value === 'string' ? name.value : undefined
}

function literalValues(templates: readonly Template[]): readonly Json[] | undefined {
  const values = templates.flatMap((template) => (template.kind === 'literal' ? [template.value] : []))
  return values.length === templates.length ? values : undefined
}

function parseScalar(node: YamlScalar, position: Position, context: ParseContext): Template {
  const { path } = position
  if (typeof node.value !== 'string') return { kind: 'literal', value: node.value }
  const parts = parseText(node.value, node, position, context)
  if (parts.every((part) => typeof part === 'string')) return { kind: 'literal', value: parts.join('') }
  const [first] = parts
  if (parts.length === 1 && first !== undefined && typeof first !== 'string') {
    return { kind: 'expression', expression: first }
  }
  const whole = parts.find((part) => typeof part !== 'string' && part.column === '.')
  if (whole !== undefined && typeof whole !== 'string') {
    context.problems.push({ at: whole.at, path, message: '`${.}` is the whole record: it takes no text around it.' })
  }
  return { kind: 'text', parts }
}

function parseText(text: string, node: YamlScalar, position: Position, context: ParseContext): (string | Expression)[] {
  const { path } = position
  const parts: (string | Expression)[] = []
  let literal = ''
  let from = 0
  while (from < text.length) {
    const two = text.slice(from, from + 2)
    if (two === '${') {
      if (literal !== '') parts.push(literal)
      literal = ''
      const at = dollarPlace(text, from, node)
      const read = readExpression(text, from)
      if (read.kind === 'broken') {
        context.problems.push({ at, path, message: read.message })
        return parts
      }
      const expression = buildExpression(read, at, position, context)
      parts.push(expression)
      from = read.end
    } else {
      literal += two === '$$' ? '$' : text.charAt(from)
      from += two === '$$' ? 2 : 1
    }
  }
  if (literal !== '' || parts.length === 0) parts.push(literal)
  return parts
}

function dollarPlace(text: string, from: number, node: YamlScalar): Place {
  return node.dollars[text.slice(0, from).split('${').length - 1] ?? node.at
}

function buildExpression(
  read: { readonly column: string; readonly filters: readonly (readonly string[])[] },
  at: Place,
  { path, field }: Position,
  context: ParseContext,
): Expression {
  const filters: Filter[] = []
  const names: string[] = []
  if (read.column === '.' && read.filters.length > 0) {
    context.problems.push({ at, path, message: '`${.}` is the whole record: it takes no filters.' })
  }
  for (const [name = '', ...args] of read.filters) {
    const made = makeFilter(name, args, { tables: context.tables, earlier: names, field })
    if ('mistake' in made) context.problems.push({ at, path, message: made.mistake })
    else filters.push(made)
    names.push(name)
  }
  const isBirth = field !== undefined && isBirthField(field)
  if (isBirth && !names.some((name) => name === 'date' || name === 'datetime')) filters.push(birthWatch(Date.now()))
  if (field !== undefined && isNameField(field)) filters.push(nameFilter())
  // A phone is read as digits alone.
  const mend = names.at(-1) === 'phone' ? undefined : identifierFilter(path)
  if (mend !== undefined) filters.push(mend)
  return { column: read.column, filters, at, path }
}
