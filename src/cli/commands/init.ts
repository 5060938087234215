import { existsSync, writeFileSync } from 'node:fs'
import { Command } from 'commander'
import { proposePlan } from '../../app/plan/propose-plan.ts'
import { UsageError } from '../../model.ts'
import { printLines, printText } from '../screen/print.ts'
import { showEvents } from '../screen/show-events.ts'

interface InitOptions {
  out?: string
  rows?: string
}

/** `rollcall init <file>`: proposes a plan. */
export function initCommand(): Command {
  return new Command('init')
    .description('propose a plan for a file, from its columns and first rows')
    .argument('<file>', 'a file of members: CSV, Excel or JSON')
    .option('--out <plan.yaml>', 'write the plan there, not to standard output')
    .option('--rows <settings>', "how the file is written, as in a plan's rows: 'encoding: shift_jis, skip: 2'")
    .action(async (file: string, { out, rows }: InitOptions) => {
      if (out !== undefined && existsSync(out)) {
        throw new UsageError(`${out} is there already. Give another name, or move it away.`)
      }
      const plan = await proposePlan({ file, rows }, showEvents(process.stderr))
      if (out === undefined) {
        printText(plan)
        return
      }
      writeFileSync(out, plan)
      printLines([`A plan is proposed in ${out}: read it through.`, `Next: rollcall check ${file} --plan ${out}`])
    })
}
