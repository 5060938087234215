import { existsSync, writeFileSync } from 'node:fs'
import { Command } from 'commander'
import { proposePlan } from '../../init/propose-plan.ts'
import { sampleColumns } from '../../init/sample-columns.ts'
import { type SourceRow, UsageError } from '../../model.ts'
import { type Plan, loadPlan } from '../../plan/load-plan.ts'
import { openSource } from '../../source/open-source.ts'
import { takeRows } from '../../app/input/read-rows.ts'

/** Rows that a proposal is made from. */
const ROWS_SAMPLED = 1_000

/** `rollcall init <file>`: proposes a plan. */
export function initCommand(): Command {
  return new Command('init')
    .description('propose a plan for a file, from its columns and first rows')
    .argument('<file>', 'a file of members: CSV, Excel or JSON')
    .option('--out <plan.yaml>', 'write the plan there, not to standard output')
    .option('--rows <settings>', "how the file is written, as in a plan's rows: 'encoding: shift_jis, skip: 2'")
    .action(async (file: string, { out, rows }: { out?: string; rows?: string }) => {
      if (out !== undefined && existsSync(out)) {
        throw new UsageError(`${out} is there already. Give another name, or move it away.`)
      }
      const plan = await propose(file, rows?.trim() === '' ? undefined : rows)
      if (out === undefined) {
        process.stdout.write(plan)
        return
      }
      writeFileSync(out, plan)
      process.stdout.write(
        `A plan is proposed in ${out}: read it through.\nNext: rollcall check ${file} --plan ${out}\n`,
      )
    })
}

async function propose(file: string, reading: string | undefined): Promise<string> {
  try {
    return await proposeFrom(file, reading)
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

async function proposeFrom(file: string, reading: string | undefined): Promise<string> {
  const source = await openSource(file, { ...readSettings(reading), name: file })
  try {
    for (const note of source.notes) process.stderr.write(`${note}\n`)
    const rows: SourceRow[] = []
    for await (const chunk of takeRows(source, ROWS_SAMPLED)) rows.push(...chunk)
    return proposePlan(sampleColumns(rows, source.columns), { file, rows: rows.length, reading })
  } finally {
    await source.close()
  }
}

/** What stands between the braces of a plan's `rows: { }`, read as a plan is. */
function readSettings(reading: string | undefined): Plan['rows']['reading'] {
  if (reading === undefined) return {}
  const { rows } = loadPlan(`rows: { ${reading} }\nregister: { body: "\${.}" }\n`, '--rows')
  if (rows.key !== undefined)
    throw new UsageError('--rows says how the file is written; `key:` is proposed. Leave it away.')
  return rows.reading
}
