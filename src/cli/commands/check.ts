import { Command } from 'commander'
import { checkFiles } from '../../app/check/check-file.ts'
import { readEnvironment } from '../environment.ts'
import { openContext } from '../open-context.ts'
import { filesArgument, homeOption, limitOption, planOption } from '../options.ts'
import { printCheck } from '../screen/print-check.ts'
import { readStandardInput } from '../standard-input.ts'

interface CheckOptions {
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
    .action(async (files: string[], options: CheckOptions) => {
      using context = openContext(readEnvironment(options), { onStop() {} })
      const { plan, limit } = options
      printCheck(await checkFiles({ files, plan, limit, readStandardInput }, context), options.json === true)
    })
}
