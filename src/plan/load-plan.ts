import type { LanePart } from '../lanes/lane-plan.ts'
import { lanePlans } from '../lanes/lane-plans.ts'
import { lanes } from '../lanes/lanes.ts'
import type { Json, LaneName } from '../model.ts'
import { describe, explainIssue } from './explain-issue.ts'
import { laneProblems } from './lane-problems.ts'
import type { ParseContext } from './parse-template.ts'
import { pathBelow, planError } from './plan-problem.ts'
import type { Place, PlanProblem } from './plan-problem.ts'
import { planKeys, planSchema } from './plan-schema.ts'
import { entryOf, plainValue, readYaml } from './read-yaml.ts'
import type { YamlNode } from './read-yaml.ts'
import type { Reading } from './rows-schema.ts'
import type { Placeholders } from './sieve.ts'

/** A plan that has been checked, with its defaults filled in. */
export interface Plan {
  /** The plan file's name, for messages. */
  readonly fileName: string
  readonly rows: {
    readonly key?: { readonly column: string; readonly at: Place }
    /** How the file is to be read; what is not there is found out from the file. */
    readonly reading: Reading
    /** Texts that mean an empty cell where a cell holds exactly one of them. */
    readonly empty: readonly string[]
  }
  /** Requests a minute; Infinity where the plan says `none`. A lane that is not here has the region's limit. */
  readonly limits: Readonly<Record<LaneName, number>>
  /** What it says of each lane that it asks for, in the order in which a row goes through them. */
  readonly lanes: Readonly<Record<LaneName, LanePart>>
  /** `rejected`: a share from 0 to 1; `after`: rows before it is looked at. */
  readonly stopWhen: { readonly rejected: number; readonly after: number }
  readonly retry: { readonly attempts: number; readonly forMs: number }
  /** How long an outage may last before the run halts. */
  readonly outageMs: number
  /** What a member who is there already means. */
  readonly onExists: 'ok' | 'reject'
  readonly duplicates: Duplicates
  /** What becomes of an identifier that is none. */
  readonly placeholders: Placeholders
}

/** Which of the rows that repeat each other are sent; `reject`: the first, and the others are invalid. */
export type Duplicates = 'first' | 'last' | 'all' | 'reject'

/**
 * Parses a plan and checks it whole. Throws a UsageError that lists every problem: its line and column in the plan
 * file, its path (as `register.body.profiles[0].firstName`), what was found, and what to write instead.
 */
export function loadPlan(text: string, fileName: string): Plan {
  const problems: PlanProblem[] = []
  const asked = lanes.filter(({ name }) => lanePlans[name] !== undefined)
  const holds = `A plan has at least a part ${asked.map(({ name }) => `\`${name}:\``).join(' or ')}.`
  const root = readYaml(text, fileName, problems, { what: 'plan', holds })
  const checked = planSchema.safeParse(plainValue(root))
  if (!checked.success)
    problems.push(...checked.error.issues.flatMap((issue) => explainIssue(issue, root, planKeys, 'A plan')))
  const context = { tables: readTables(entryOf(root, 'tables')?.value, problems), problems }
  const parts = parseLanes(root, context, checked.success ? checked.data : {})
  if (root.kind === 'map') problems.push(...laneProblems(root, asked))
  if (!checked.success || problems.length > 0) throw planError(fileName, problems)
  const data = checked.data
  const key = entryOf(entryOf(root, 'rows')?.value, 'key')
  const { key: column, empty: _, ...declared } = data.rows ?? {}
  return {
    fileName,
    rows: {
      key: column === undefined || !key ? undefined : { column, at: key.value.at },
      reading: declared,
      empty: emptyTexts(entryOf(entryOf(root, 'rows')?.value, 'empty')?.value),
    },
    limits: limitsIn(data.limits ?? {}),
    lanes: parts,
    stopWhen: { rejected: data.stop_when?.rejected ?? 0.5, after: data.stop_when?.after ?? 200 },
    retry: { attempts: data.retry?.attempts ?? 6, forMs: data.retry?.for ?? 30 * 60_000 },
    outageMs: data.outage ?? 60 * 60_000,
    onExists: data.on_exists ?? 'ok',
    duplicates: data.duplicates ?? 'first',
    placeholders: data.placeholders ?? 'drop',
  }
}

/** As they are written: what YAML holds for null, true or a number (NULL, NO, 0) is a text in a file. */
function emptyTexts(node: YamlNode | undefined): readonly string[] {
  if (node?.kind !== 'list') return []
  return node.items.flatMap((item) =>
    item.kind !== 'scalar' ? [] : typeof item.value === 'string' ? item.value : item.source,
  )
}

function limitsIn(said: Readonly<Record<LaneName, number | undefined>>): Plan['limits'] {
  return Object.fromEntries(Object.entries(said).flatMap(([lane, rpm]) => (rpm === undefined ? [] : [[lane, rpm]])))
}

function parseLanes(root: YamlNode, context: ParseContext, settings: Readonly<Record<string, unknown>>): Plan['lanes'] {
  const parts: Record<LaneName, LanePart> = {}
  for (const { name } of lanes) {
    const [node, how] = [entryOf(root, name)?.value, lanePlans[name]]
    if (how === undefined || node === undefined) continue
    const part = how.parse(node, context, settings[name] as Readonly<Record<string, unknown>> | undefined)
    if (part !== undefined) parts[name] = part
  }
  return parts
}

function readTables(node: YamlNode | undefined, problems: PlanProblem[]): Map<string, ReadonlyMap<string, Json>> {
  const tables = new Map<string, ReadonlyMap<string, Json>>()
  if (node === undefined) return tables
  const example = 'as in `tables: { tiers: { Gold: 1, Silver: 2 } }`'
  if (node.kind !== 'map') {
    problems.push({
      at: node.at,
      path: 'tables',
      message: `Found ${describe(node)}, expected tables by name, ${example}.`,
    })
    return tables
  }
  for (const { name, value } of node.entries) {
    const path = pathBelow('tables', name)
    if (value.kind !== 'map' || value.entries.length === 0) {
      problems.push({ at: value.at, path, message: `Found ${describe(value)}, expected a table, ${example}.` })
      continue
    }
    const table = new Map<string, Json>()
    for (const entry of value.entries) {
      if (entry.value.kind === 'scalar') table.set(entry.name, entry.value.value)
      else {
        const message = `Found ${describe(entry.value)}, expected text, a number, true, false or null.`
        problems.push({ at: entry.value.at, path: pathBelow(path, entry.name), message })
      }
    }
    tables.set(name, table)
  }
  return tables
}
