import { Command } from 'commander'
import { checkFiles } from '../../app/check/check-file.ts'
import { readEnvironment } from '../environment.ts'
import { openContext } from '../open-context.ts'
import {
  type ProgressOptions,
  addProgressOptions,
  filesArgument,
  homeOption,
  limitOption,
  planOption,
  queryOption,
} from '../options.ts'
import { printCheck } from '../screen/print-check.ts'
import { readStandardInput } from '../standard-input.ts'

interface CheckOptions extends ProgressOptions {
  plan: string
  query?: string
  limit?: number
  json?: boolean
  home?: string
}

/** `rollcall check <file|-> --plan <plan.yaml>`: what an import would do. */
export function checkCommand(): Command {
  const command = new Command('check')
    .description('read every row and tell what an import would do, without sending anything')
    .addArgument(filesArgument())
    .addOption(planOption())
    .addOption(queryOption())
    .addOption(limitOption())
    .option('--json', 'print what was found as JSON')
  return addProgressOptions(command).addOption(homeOption()).action(check)
}

async function check(files: string[], options: CheckOptions): Promise<void> {
  using context = openContext(readEnvironment(options), { options, onStop() {} })
  const { plan, query, limit } = options
  const report = await checkFiles({ files, query, plan, limit, readStandardInput }, context)
  printCheck(report, { files, json: options.json === true })
}
