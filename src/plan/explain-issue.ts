import type { z } from 'zod'
import { didYouMean } from './nearest.ts'
import { pathBelow } from './plan-problem.ts'
import type { PlanProblem } from './plan-problem.ts'
import { entryOf } from './read-yaml.ts'
import type { YamlNode } from './read-yaml.ts'

/**
 * What the schema says of a value, as problems of the file: where it stands, what is there, what was expected.
 * `keys`: those that each map may have, by its path; `whole` names the file, as in `A plan`.
 */
export function explainIssue(
  issue: z.core.$ZodIssue,
  root: YamlNode,
  keys: ReadonlyMap<string, readonly string[]>,
  whole: string,
): PlanProblem[] {
  const steps = issue.path.map((step) => (typeof step === 'number' ? step : String(step)))
  const path = steps.reduce<string>(pathBelow, '')
  const place = findPlace(root, steps)
  if (issue.code === 'unrecognized_keys') {
    const known = keys.get(path) ?? []
    return issue.keys.map((name) => {
      const where = path === '' ? whole : `\`${path}\``
      const message = `There is no \`${name}\` here.${didYouMean(name, known)} ${where} may hold ${known.join(', ')}.`
      return { at: findPlace(root, [...steps, name]).keyAt, path: pathBelow(path, name), message }
    })
  }
  const names = keys.get(path)
  const expected = issue.code === 'invalid_type' && names !== undefined ? `a map of ${names.join(', ')}` : issue.message
  return [{ at: place.at, path, message: `${place.found}, expected ${expected}.` }]
}

/** Where a path stands and what is there; for what is missing, the place of what should hold it. */
function findPlace(root: YamlNode, steps: readonly (string | number)[]) {
  let node = root
  let keyAt = root.at
  for (const step of steps) {
    const item = node.kind === 'list' ? node.items[Number(step)] : undefined
    if (item !== undefined) {
      node = item
      keyAt = item.at
      continue
    }
    const entry = entryOf(node, String(step))
    if (entry === undefined) return { at: keyAt, keyAt, found: `\`${String(step)}\` is missing` }
    node = entry.value
    keyAt = entry.at
  }
  return { at: node.at, keyAt, found: `Found ${describe(node)}` }
}

/** What stands there, for a message. */
export function describe(node: YamlNode): string {
  if (node.kind !== 'scalar') return `a ${node.kind}`
  return node.source === '' ? 'nothing' : `\`${node.source}\``
}
