import { Command } from 'commander'
import { startImport } from '../../app/import/start-import.ts'
import { confirmOnTerminal } from '../confirm.ts'
import { readEnvironment } from '../environment.ts'
import { openLog } from '../log.ts'
import { openContext } from '../open-context.ts'
import { watchWork } from '../telemetry.ts'
import {
  type NewRunOptions,
  addNewRunOptions,
  allowUnlinkOption,
  filesArgument,
  limitOption,
  planOption,
  queryOption,
} from '../options.ts'
import { printCheck } from '../screen/print-check.ts'
import { printEnd } from '../screen/print-end.ts'
import { readStandardInput } from '../standard-input.ts'

interface ImportOptions extends NewRunOptions {
  plan: string
  query?: string
  dryRun?: boolean
  checkFirst?: boolean
  limit?: number
  again?: boolean
  allowUnlink?: boolean
  jsonl?: boolean
}

/** `rollcall import <file|-> --plan <plan.yaml>`: the main job. */
export function importCommand(): Command {
  const command = new Command('import')
    .description('import a file of members: the main job')
    .addArgument(filesArgument())
    .addOption(planOption())
    .addOption(queryOption())
    .option('--dry-run', 'check only, as `rollcall check` does')
    .option('--check-first', 'check every row before the first request, and send nothing where one is invalid')
    .addOption(limitOption())
    .addOption(allowUnlinkOption())
    .option('--again', 'import the very file that was imported under this plan before')
    .option('--jsonl', 'have results.jsonl among the reports: results.csv in full structure, for programs')
  return addNewRunOptions(command).action(importFiles)
}

async function importFiles(files: string[], { again = false, ...options }: ImportOptions): Promise<void> {
  const log = openLog(options)
  await using watched = await watchWork(options, log)
  using context = openContext(readEnvironment(options), { log, watched, options })
  const result = await startImport(
    { ...options, files, again, readStandardInput, confirm: confirmOnTerminal() },
    context,
  )
  if (result.kind === 'checked') printCheck(result.report, { files, json: options.json === true })
  else printEnd(result.end, { options, environment: context.environment })
}
