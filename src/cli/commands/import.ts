import { Command, Option } from 'commander'
import type { Priority } from '../../run/turn-taker.ts'
import { checkFile } from '../check-file.ts'
import { readEnvironment } from '../environment.ts'
import { exitStatus } from '../exit.ts'
import { openLog } from '../log.ts'
import { openNotify } from '../notify-end.ts'
import { openImport } from '../open-import.ts'
import { homeOption, limitOption, logOptions, notifyOption } from '../options.ts'
import { printCheck } from '../print-check.ts'
import { printEnd } from '../print-end.ts'
import { startRun } from '../start-run.ts'
import { listenForStop } from '../stop-signal.ts'

interface ImportOptions {
  plan: string
  dryRun?: boolean
  checkFirst?: boolean
  limit?: number
  priority: Priority
  again?: boolean
  json?: boolean
  home?: string
  workers: boolean
  notify?: string
  logFile?: string
  logLevel: string
}

/** `rollcall import <file|-> --plan <plan.yaml>`: the main job. */
export function importCommand(): Command {
  return new Command('import')
    .description('import a file of members: the main job')
    .argument(
      '<file...>',
      'files of members, or patterns such as "members-*.csv"; an s3://, sftp:// or https:// address; - for standard input',
    )
    .requiredOption('--plan <plan.yaml>', 'how to read the file, and which requests to make of each row')
    .option('--dry-run', 'check only, as `rollcall check` does')
    .option('--check-first', 'check every row before the first request, and send nothing where one is invalid')
    .addOption(limitOption())
    .option('--again', 'import the very file that was imported under this plan before')
    .addOption(
      new Option('--priority <which>', 'high: go before other runs on the same Redis')
        .choices(['normal', 'high'])
        .default('normal'),
    )
    .option('--json', 'print the summary as JSON on standard output')
    .option('--no-workers', 'leave the requests to `rollcall worker` processes (needs REDIS_URL)')
    .addOption(notifyOption())
    .addOption(homeOption())
    .addOption(logOptions().file)
    .addOption(logOptions().level)
    .action(importFile)
}

async function importFile(given: string[], options: ImportOptions): Promise<void> {
  const environment = readEnvironment(options)
  const notify = openNotify(options.notify, environment)
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
    const log = openLog({ file: options.logFile, level: options.logLevel })
    const stop = listenForStop()
    try {
      const { limit, priority, again = false, workers } = options
      const end = await startRun(open, { environment, limit, priority, again, workers, stop, log })
      printEnd(end, { json: options.json === true, home: environment.home, homeOption: options.home })
      await notify(end)
      process.exitCode = exitStatus(end.record.state, end.summary)
    } finally {
      stop.release()
    }
  } finally {
    await open.close()
  }
}
