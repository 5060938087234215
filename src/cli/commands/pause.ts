import { Command } from 'commander'
import { pauseRun } from '../../app/runs/pause-run.ts'
import { commandOf } from '../../typed-commands.ts'
import { readEnvironment } from '../environment.ts'
import { homeOption, runArgument } from '../options.ts'
import { printJson, printLines } from '../screen/print.ts'
import { showEvents } from '../screen/show-events.ts'

/** `rollcall pause <run>`: from another terminal, what Ctrl-C does in its own. */
export function pauseCommand(): Command {
  return new Command('pause')
    .description('pause a run that another process is at work on; resume goes on')
    .addArgument(runArgument())
    .option('--json', 'as JSON')
    .addOption(homeOption())
    .action(async (name: string, options: { json?: boolean; home?: string }) => {
      using shown = showEvents(process.stderr)
      const run = await pauseRun(readEnvironment(options).home, name, shown.on)
      if (options.json === true) printJson({ run, state: 'paused' })
      else printLines([`Run ${run} is paused. To go on: ${commandOf('resume', run)}`])
    })
}
