import { existsSync, writeFileSync } from 'node:fs'
import { Command } from 'commander'
import { proposePlan } from '../../app/plan/propose-plan.ts'
import { UsageError } from '../../model.ts'
import { commandOf } from '../../typed-commands.ts'
import { askOnTerminal } from '../ask.ts'
import { EXIT } from '../exit.ts'
import { describeTrial } from '../screen/describe-trial.ts'
import { printLines, printText, sayText } from '../screen/print.ts'
import { showEvents } from '../screen/show-events.ts'

interface InitOptions {
  out?: string
  rows?: string
  country?: string
  lanes?: readonly string[]
  force?: boolean
}

/** `rollcall init <file>`: proposes a plan. */
export function initCommand(): Command {
  return new Command('init')
    .description('propose a plan for a file, from its columns and first rows')
    .argument('<file>', 'a file of members: CSV, Excel or JSON')
    .option('--out <plan.yaml>', 'write the plan there, not to standard output')
    .option('--force', 'write it there though a file of that name is there already')
    .option('--country <code>', 'the country of the members, as in IN: it settles phones, dates and numbers')
    .option('--lanes <names>', 'the lanes that the plan is to ask for, as in register-v1,link', readList)
    .option('--rows <settings>', "how the file is written, as in a plan's rows: 'encoding: shift_jis, skip: 2'")
    .action(async (file: string, { out, rows, country, lanes, force = false }: InitOptions) => {
      if (out !== undefined && !force && existsSync(out)) {
        throw new UsageError(`${out} is there already. Give another name, or overwrite it with --force.`)
      }
      const ask = askOnTerminal()
      using shown = showEvents(process.stderr)
      const { text, trial } = await proposePlan({ file, rows, country, lanes, ask }, shown.on)
      if (out === undefined) printText(text)
      else writeFileSync(out, text)
      sayText(describeTrial(trial))
      if (trial.trouble !== undefined) process.exitCode = EXIT.problems
      if (out === undefined) return
      const next = commandOf('check', file, '--plan', out)
      printLines([
        `A plan is proposed in ${out}: read it through.`,
        trial.trouble === undefined ? `Next: ${next}` : `Mend it first, then: ${next}`,
      ])
    })
}

function readList(text: string): readonly string[] {
  return text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '')
}
