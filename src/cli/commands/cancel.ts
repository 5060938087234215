import { Command } from 'commander'
import { cancelRun } from '../../app/runs/cancel-run.ts'
import { readEnvironment } from '../environment.ts'
import { openBriefContext } from '../open-context.ts'
import { homeOption, runArgument } from '../options.ts'
import { printJson, printLines } from '../screen/print.ts'

/** `rollcall cancel <run>`: what was sent stays sent, nothing further is. */
export function cancelCommand(): Command {
  return new Command('cancel')
    .description('end a run for good: nothing further is sent')
    .addArgument(runArgument())
    .option('--json', 'as JSON')
    .addOption(homeOption())
    .action(async (name: string, options: { json?: boolean; home?: string }) => {
      using context = openBriefContext(readEnvironment(options))
      const run = await cancelRun(name, context)
      if (options.json === true) printJson({ run, state: 'cancelled' })
      else printLines([`Run ${run} is cancelled. What was sent before stands; its reports tell.`])
    })
}
