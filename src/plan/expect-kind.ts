import type { ParseContext } from './parse-template.ts'
import type { YamlNode } from './read-yaml.ts'

/** Adds a problem where a part of the plan is neither of that kind nor one expression, which may give it. */
export function expectKind(node: YamlNode, kind: 'map' | 'list', path: string, context: ParseContext): void {
  const expression = node.kind === 'scalar' && typeof node.value === 'string' && /^\$\{[^}]*\}$/.test(node.value)
  if (node.kind === kind || expression || (node.kind === 'scalar' && node.value === null)) return
  const found = node.kind === 'scalar' ? `\`${node.source}\`` : `a ${node.kind}`
  const message = `Found ${found}, expected a ${kind}, or one expression that gives it, such as "\${.}".`
  context.problems.push({ at: node.at, path, message })
}
