import type { Json } from '../../model.ts'

/** What a line says is to be done with the record on the next one, as Elasticsearch's and OpenSearch's bulk format has it. */
export interface BulkAction {
  /** The record's own, where the line has one. */
  readonly id: string | undefined
}

/** True where a text's first line is such an action. */
export function beginsWithAction(sample: Buffer): boolean {
  const end = sample.indexOf(LF)
  return end > 0 && readAction(sample.toString('utf8', 0, end)) !== undefined
}

/** The action on a line; undefined of a record. */
export function readAction(line: string): BulkAction | undefined {
  if (!ACTION.test(line)) return undefined
  let value: Json
  try {
    value = JSON.parse(line) as Json
  } catch {
    return undefined
  }
  const [said, more] = Object.values(value as Readonly<Record<string, Json>>)
  if (more !== undefined || typeof said !== 'object' || said === null || Array.isArray(said)) return undefined
  const about = said as Readonly<Record<string, Json>>
  if (!Object.keys(about).every((key) => key.startsWith('_') || ABOUT.has(key))) return undefined
  const id = about['_id']
  return { id: typeof id === 'string' || typeof id === 'number' ? String(id) : undefined }
}

const ACTION = /^\s*\{\s*"(?:index|create|update|delete)"\s*:\s*\{/
const ABOUT: ReadonlySet<string> = new Set([
  'routing',
  'version',
  'version_type',
  'if_seq_no',
  'if_primary_term',
  'require_alias',
  'pipeline',
  'retry_on_conflict',
  'dynamic_templates',
])
const LF = 0x0a
