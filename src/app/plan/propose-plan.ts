import { proposePlan as proposeFrom } from '../../init/propose-plan.ts'
import { sampleColumns } from '../../init/sample-columns.ts'
import { type SourceRow, UsageError } from '../../model.ts'
import { type Plan, loadPlan } from '../../plan/load-plan.ts'
import { openSource } from '../../source/open-source.ts'
import type { Listener } from '../events.ts'
import { takeRows } from '../input/read-rows.ts'

/** Rows that a proposal is made from. */
const ROWS_SAMPLED = 1_000

export interface ProposalRequest {
  /** The path of a file of members. */
  readonly file: string
  /** How it is written, as between the braces of a plan's `rows: { }`. */
  readonly rows?: string
}

/** Proposes a plan for a file, from its columns and first rows: the text of the plan. Throws a UsageError. */
export async function proposePlan({ file, rows }: ProposalRequest, on: Listener): Promise<string> {
  const reading = rows?.trim() === '' ? undefined : rows
  try {
    return await propose(file, reading, on)
  } catch (error) {
    throw reading === undefined ? withRowsOption(error) : error
  }
}

/** Where the plan should say how the file is written, there is no plan yet: names the option that says it to init. */
function withRowsOption(error: unknown): unknown {
  if (!(error instanceof UsageError)) return error
  const settings = /`rows: \{ ([^`]+) \}`/.exec(error.message)?.[1]
  return settings === undefined ? error : new UsageError(`${error.message} With init: --rows '${settings}'.`)
}

async function propose(file: string, reading: string | undefined, on: Listener): Promise<string> {
  await using stack = new AsyncDisposableStack()
  const open = openSource(file, { ...readSettings(reading), name: file })
  const source = stack.adopt(await open, (opened) => opened.close())
  for (const text of source.notes) on({ kind: 'source-note', text })
  const rows: SourceRow[] = []
  for await (const chunk of takeRows(source, ROWS_SAMPLED)) rows.push(...chunk)
  return proposeFrom(sampleColumns(rows, source.columns), { file, rows: rows.length, reading })
}

/** What stands between the braces of a plan's `rows: { }`, read as a plan is. */
function readSettings(reading: string | undefined): Plan['rows']['reading'] {
  if (reading === undefined) return {}
  const { rows } = loadPlan(`rows: { ${reading} }\nregister: { body: "\${.}" }\n`, '--rows')
  if (rows.key !== undefined)
    throw new UsageError('--rows says how the file is written; `key:` is proposed. Leave it away.')
  return rows.reading
}
