import { Command } from 'commander'
import { listWorkers, workersAsJson } from '../../app/workers/list-workers.ts'
import { readEnvironment } from '../environment.ts'
import { homeOption } from '../options.ts'
import { describeWorkers } from '../screen/describe-workers.ts'
import { printJson, printLines } from '../screen/print.ts'

/** `rollcall workers`: who works for which account and lanes, where and since when, and what waits. */
export function workersCommand(): Command {
  return new Command('workers')
    .description('list who works for which account and lanes, where, since when, and with what version')
    .option('--json', 'as JSON')
    .addOption(homeOption())
    .action(async (options: { json?: boolean; home?: string }) => {
      const found = await listWorkers(readEnvironment(options))
      if (options.json === true) printJson(workersAsJson(found))
      else printLines(describeWorkers(found))
    })
}
