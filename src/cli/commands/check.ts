import { Command } from 'commander'
import { checkFiles } from '../../app/check/check-file.ts'
import { UsageError } from '../../model.ts'
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
  plan?: string
  sync?: string
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
    .addOption(planOption().makeOptionMandatory(false))
    .option('--sync <file>', "compare with what this sync remembers; without --plan, under the sync's own")
    .addOption(queryOption())
    .addOption(limitOption())
    .option('--json', 'print what was found as JSON')
  return addProgressOptions(command).addOption(homeOption()).action(check)
}

/** What reads syncs is loaded for them alone. */
async function loadSync(path: string) {
  const { readSync } = await import('../../app/sync/read-sync.ts')
  return readSync(path)
}

async function check(files: string[], options: CheckOptions): Promise<void> {
  const sync = options.sync === undefined ? undefined : await loadSync(options.sync)
  const plan = options.plan ?? sync?.plan
  if (plan === undefined) throw new UsageError(NO_PLAN)
  using context = openContext(readEnvironment(options), { options, onStop() {} })
  const { query, limit } = options
  const report = await checkFiles({ files, query, plan, limit, sync, readStandardInput }, context)
  printCheck(report, { files, json: options.json === true })
}

const NO_PLAN =
  'No plan is given. Say how to read the file with `--plan <plan.yaml>`, or name a sync that has one with `--sync <file>`.'
