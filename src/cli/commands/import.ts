import { Command } from 'commander'
import { checkFile } from '../../app/check/check-file.ts'
import { readEnvironment } from '../environment.ts'
import { openImport } from '../../app/input/open-import.ts'
import { type NewRunOptions, addNewRunOptions, filesArgument, limitOption, planOption } from '../options.ts'
import { printCheck } from '../screen/print-check.ts'
import { startRun } from '../../app/import/start-run.ts'
import { workingToEnd } from '../work-to-end.ts'

interface ImportOptions extends NewRunOptions {
  plan: string
  dryRun?: boolean
  checkFirst?: boolean
  limit?: number
  again?: boolean
}

/** `rollcall import <file|-> --plan <plan.yaml>`: the main job. */
export function importCommand(): Command {
  const command = new Command('import')
    .description('import a file of members: the main job')
    .addArgument(filesArgument())
    .addOption(planOption())
    .option('--dry-run', 'check only, as `rollcall check` does')
    .option('--check-first', 'check every row before the first request, and send nothing where one is invalid')
    .addOption(limitOption())
    .option('--again', 'import the very file that was imported under this plan before')
  return addNewRunOptions(command).action(importFile)
}

async function importFile(given: string[], options: ImportOptions): Promise<void> {
  const environment = readEnvironment(options)
  const workToEnd = workingToEnd(options, environment)
  const open = await openImport(given, options.plan, environment)
  try {
    if (options.dryRun === true || options.checkFirst === true) {
      const report = await checkFile(open, { environment, limit: options.limit })
      if (options.dryRun === true || report.invalid > 0) {
        printCheck(report, options.json === true)
        return
      }
      await open.reopen()
    }
    const { limit, priority, again = false, workers } = options
    await workToEnd((session) => startRun(open, { environment, limit, priority, again, workers, ...session }))
  } finally {
    await open.close()
  }
}
