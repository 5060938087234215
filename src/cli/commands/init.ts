import { existsSync, writeFileSync } from 'node:fs'
import { Command } from 'commander'
import { type Trial, proposePlan } from '../../app/plan/propose-plan.ts'
import { UsageError } from '../../model.ts'
import { commandOf } from '../../typed-commands.ts'
import { askOnTerminal } from '../ask.ts'
import { EXIT } from '../exit.ts'
import { queryOption } from '../options.ts'
import { describeTrial } from '../screen/describe-trial.ts'
import { printJson, printLines, printText, sayText } from '../screen/print.ts'
import { showEvents } from '../screen/show-events.ts'

interface InitOptions {
  out?: string
  rows?: string
  country?: string
  lanes?: readonly string[]
  force?: boolean
  json?: boolean
  quiet?: boolean
  query?: string
}

/** `rollcall init <file>`: proposes a plan. */
export function initCommand(): Command {
  return new Command('init')
    .description('propose a plan for a file, from its columns and first rows')
    .argument('<file>', 'a file of members: CSV, Excel, JSON …, or the address of a database')
    .addOption(queryOption())
    .option('--out <plan.yaml>', 'write the plan there, not to standard output')
    .option('--force', 'write it there though a file of that name is there already')
    .option('--country <code>', 'the country of the members, as in IN: it settles phones, dates and numbers')
    .option('--lanes <names>', 'the lanes that the plan is to ask for, as in register-v1,link', readList)
    .option('--rows <settings>', "how the file is written, as in a plan's rows: 'encoding: shift_jis, skip: 2'")
    .option('--json', 'the plan, and what becomes of the first rows under it, as JSON')
    .option('--quiet', 'tell nothing of how it goes: only what it comes to, and what is wrong')
    .action(init)
}

async function init(file: string, options: InitOptions): Promise<void> {
  const { out, rows, country, lanes, query, force = false, json = false, quiet = false } = options
  if (out !== undefined && !force && existsSync(out)) {
    throw new UsageError(`${out} is there already. Give another name, or overwrite it with --force.`)
  }
  const ask = json ? undefined : askOnTerminal()
  using shown = quiet ? undefined : showEvents(process.stderr)
  const asked = { file, query, rows, country, lanes, ask }
  const { source, text, trial } = await proposePlan(asked, (event) => shown?.on(event))
  if (out !== undefined) writeFileSync(out, text)
  if (json) printJson({ plan: text, written: out ?? null, ...trialAsJson(trial) })
  else tell(text, trial, { source, query, out })
  if (trial.trouble !== undefined) process.exitCode = EXIT.problems
}

function tell(
  text: string,
  trial: Trial,
  {
    source,
    query,
    out,
  }: { readonly source: string; readonly query: string | undefined; readonly out: string | undefined },
) {
  if (out === undefined) printText(text)
  sayText(describeTrial(trial))
  if (out === undefined) return
  const what = query === undefined ? [source] : [source, '--query', query]
  const next = commandOf('check', ...what, '--plan', out)
  printLines([
    `A plan is proposed in ${out}: read it through.`,
    trial.trouble === undefined ? `Next: ${next}` : `Mend it first, then: ${next}`,
  ])
}

function trialAsJson({ rows, ready, preview, problems, trouble }: Trial): object {
  return { rows, ready, preview, problems, trouble: trouble ?? null }
}

function readList(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
