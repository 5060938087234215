import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml'
import type { Document, Node, Scalar, YAMLError, YAMLMap } from 'yaml'
import type { Json } from '../model.ts'
import { unsoundText } from '../outside/sound-text.ts'
import { pathBelow, planError } from './plan-problem.ts'
import type { Place, PlanProblem } from './plan-problem.ts'
import { keepsDigits } from './values.ts'

/** A YAML value that knows where it stands. */
export type YamlNode =
  | { readonly kind: 'map'; readonly at: Place; readonly entries: readonly YamlEntry[] }
  | { readonly kind: 'list'; readonly at: Place; readonly items: readonly YamlNode[] }
  | YamlScalar

export interface YamlEntry {
  readonly name: string
  readonly at: Place
  readonly value: YamlNode
}

export interface YamlScalar {
  readonly kind: 'scalar'
  readonly at: Place
  readonly value: string | number | boolean | null
  /** The text in the file, as it was written, for messages. */
  readonly source: string
  /** Where each `${` of the text stands; empty where that is not known. */
  readonly dollars: readonly Place[]
}

/** More than any plan needs; aliases that hold aliases, or themselves, end here. */
const MAX_DEPTH = 100
const MAX_NODES = 100_000

/**
 * Parses one YAML document (YAML 1.2) into nodes with places. Throws a UsageError for what is no YAML, and for keys
 * given twice; adds to the problems what would not come out as it is written, such as the number 0123. `what` names the
 * kind of file in messages; `holds`, a sentence, what one holds.
 */
export function readYaml(
  text: string,
  fileName: string,
  problems: PlanProblem[],
  { what, holds }: { readonly what: string; readonly holds?: string },
): YamlNode {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, prettyErrors: false })
  const place = (offset: number): Place => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const faults = syntaxFaults(document)
  if (faults.length > 0) {
    throw planError(
      fileName,
      faults.map((fault) => explainSyntax(fault, text, place)),
      undefined,
      what,
    )
  }
  const reader = { fileName, document, text, place, problems, nodes: 0 }
  if (document.contents !== null) return readNode(document.contents, '', 0, reader)
  const at = { line: 1, column: 1 }
  throw planError(
    fileName,
    [{ at, path: '', message: ['The file is empty.', holds ?? []].flat().join(' ') }],
    undefined,
    what,
  )
}

/** The plain value of a node. */
export function plainValue(node: YamlNode): Json {
  switch (node.kind) {
    case 'map':
      return Object.fromEntries(node.entries.map((entry) => [entry.name, plainValue(entry.value)]))
    case 'list':
      return node.items.map(plainValue)
    case 'scalar':
      return node.value
  }
}

/** The value under a key of a map. */
export function entryOf(node: YamlNode | undefined, name: string): YamlEntry | undefined {
  return node?.kind === 'map' ? node.entries.find((entry) => entry.name === name) : undefined
}

interface Reader {
  readonly fileName: string
  readonly document: Document.Parsed
  readonly text: string
  readonly place: (offset: number) => Place
  readonly problems: PlanProblem[]
  nodes: number
}

/** The first syntax error (those behind it are mostly its echoes), or every key that is given twice. */
function syntaxFaults(document: Document.Parsed): readonly YAMLError[] {
  const first = document.errors[0] ?? document.warnings[0]
  if (first === undefined) return []
  return first.code === 'DUPLICATE_KEY' ? document.errors.filter((error) => error.code === 'DUPLICATE_KEY') : [first]
}

function explainSyntax(fault: YAMLError, text: string, place: (offset: number) => Place): PlanProblem {
  const offset = fault.pos[0]
  const at = place(offset)
  const line = text.split(/\r?\n/)[at.line - 1] ?? ''
  if (text.slice(offset - 1, offset + 1) === '${') {
    const message =
      'Inside `{ … }` and `[ … ]`, YAML reads the brace of `${` as its own. ' +
      'Put the template in quotes: { type: mobile, value: "${mobile | phone IN}" }'
    return { at: place(offset - 1), path: '', message }
  }
  if (fault.code === 'DUPLICATE_KEY') {
    const name = /^[^:\s]+/.exec(text.slice(offset))?.[0] ?? ''
    return { at, path: '', message: `The key \`${name}\` is given twice in the same map. Keep one of them.` }
  }
  if (fault.code === 'TAB_AS_INDENT') {
    return { at, path: '', message: 'YAML is indented with spaces; this line is indented with a tab.' }
  }
  if (fault.code === 'MULTIPLE_DOCS') {
    return { at, path: '', message: 'The file is one YAML document; this `---` begins a second. Take it away.' }
  }
  const quoting = line.includes('${') ? ' Put the value with `${…}` in double quotes, if it is not.' : ''
  return { at, path: '', message: `This is not valid YAML: ${fault.message}.${quoting}` }
}

function readNode(node: Node, path: string, depth: number, reader: Reader): YamlNode {
  const at = reader.place(node.range?.[0] ?? 0)
  reader.nodes++
  if (depth >= MAX_DEPTH || reader.nodes > MAX_NODES) {
    const message = `The plan is nested more than ${MAX_DEPTH} deep, or holds more than ${MAX_NODES} values.`
    throw planError(reader.fileName, [{ at, path: '', message }])
  }
  if (isAlias(node)) {
    const target = node.resolve(reader.document)
    if (target !== undefined) return readNode(target, path, depth + 1, reader)
    return broken(at, path, `The alias *${node.source} names nothing that stands above it.`, reader)
  }
  if (isSeq<Node>(node)) {
    const items = node.items.map((item, index) => readNode(item, pathBelow(path, index), depth + 1, reader))
    return { kind: 'list', at, items }
  }
  if (isMap<Node, Node | null>(node)) return readMap(node, at, path, depth, reader)
  return isScalar(node) ? readScalar(node, at, path, reader) : broken(at, path, 'Found no value.', reader)
}

function readMap(node: YAMLMap<Node, Node | null>, at: Place, path: string, depth: number, reader: Reader): YamlNode {
  const entries: YamlEntry[] = []
  for (const pair of node.items) {
    const keyAt = reader.place(pair.key.range?.[0] ?? 0)
    const name = isScalar(pair.key) ? keyText(pair.key) : undefined
    if (name === undefined || name === '__proto__' || unsoundText(name) !== undefined) {
      reader.problems.push({ at: keyAt, path, message: 'A key is plain text: the name of a field.' })
    } else if (pair.value === null) {
      entries.push({ name, at: keyAt, value: { kind: 'scalar', at: keyAt, value: null, source: '', dollars: [] } })
    } else {
      entries.push({ name, at: keyAt, value: readNode(pair.value, pathBelow(path, name), depth + 1, reader) })
    }
  }
  return { kind: 'map', at, entries }
}

/** Something in the place of what cannot be read, so that the rest of the plan can be looked at as well. */
function broken(at: Place, path: string, message: string, reader: Reader, source = ''): YamlScalar {
  reader.problems.push({ at, path, message })
  return { kind: 'scalar', at, value: source, source, dollars: [] }
}

/** The key as it is written: `01` stays `01`, though YAML holds it for the number 1. */
function keyText(key: Scalar): string | undefined {
  if (typeof key.value === 'string') return key.value
  return key.source === undefined || key.source === '' ? undefined : key.source
}

function readScalar(node: Scalar, at: Place, path: string, reader: Reader): YamlScalar {
  const value = node.value
  const source = node.source ?? ''
  if (typeof value === 'number' && !keepsItsDigits(value, source)) {
    const message = `The number ${source} would not be sent as it is written. Put it in quotes: "${source}"`
    return broken(at, path, message, reader, source)
  }
  const unsound = typeof value === 'string' ? unsoundText(value) : undefined
  if (unsound !== undefined) return broken(at, path, `The text holds ${unsound}. Take it out.`, reader)
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' || value === null) {
    return { kind: 'scalar', at, value, source, dollars: dollarPlaces(node, reader) }
  }
  return broken(at, path, `Found ${source}, expected text, a number, true, false or null.`, reader, source)
}

function keepsItsDigits(value: number, source: string): boolean {
  if (!Number.isFinite(value)) return false
  if (/^[+-]?\d+$/.test(source)) return Number.isSafeInteger(value) && !/^[+-]?0\d/.test(source)
  return !/^0[xo]/.test(source) && keepsDigits(source, value)
}

function dollarPlaces(node: Scalar, reader: Reader): readonly Place[] {
  const range = node.range
  if (typeof node.value !== 'string' || !range || !node.value.includes('${')) return []
  const places: Place[] = []
  const source = reader.text.slice(range[0], range[1])
  for (let from = source.indexOf('${'); from >= 0; from = source.indexOf('${', from + 1)) {
    places.push(reader.place(range[0] + from))
  }
  return places.length === node.value.split('${').length - 1 ? places : []
}
