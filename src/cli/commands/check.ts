import { Command } from 'commander'
import { checkFile } from '../../app/check/check-file.ts'
import { readEnvironment } from '../environment.ts'
import { openImport } from '../../app/input/open-import.ts'
import { filesArgument, homeOption, limitOption, planOption } from '../options.ts'
import { printCheck } from '../screen/print-check.ts'

interface CheckCommandOptions {
  plan: string
  limit?: number
  json?: boolean
  home?: string
}

/** `rollcall check <file|-> --plan <plan.yaml>`: what an import would do. */
export function checkCommand(): Command {
  return new Command('check')
    .description('read every row and tell what an import would do, without sending anything')
    .addArgument(filesArgument())
    .addOption(planOption())
    .addOption(limitOption())
    .option('--json', 'print what was found as JSON')
    .addOption(homeOption())
    .action(async (given: string[], options: CheckCommandOptions) => {
      const environment = readEnvironment(options)
      const open = await openImport(given, options.plan, environment)
      try {
        printCheck(await checkFile(open, { environment, limit: options.limit }), options.json === true)
      } finally {
        await open.close()
      }
    })
}
