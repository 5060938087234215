import { Command, InvalidArgumentError, Option } from 'commander'
import { pauseSync, resumeSync } from '../../app/sync/pause-sync.ts'
import { readSync } from '../../app/sync/read-sync.ts'
import { runSync } from '../../app/sync/run-sync.ts'
import { listSyncs, syncHistory } from '../../app/sync/sync-history.ts'
import { trySync } from '../../app/sync/try-sync.ts'
import { commandOf } from '../../typed-commands.ts'
import { readEnvironment } from '../environment.ts'
import { syncExitStatus } from '../exit.ts'
import { openLog } from '../log.ts'
import { openContext } from '../open-context.ts'
import { type ProgressOptions, addProgressOptions, homeOption, logOptions, noWorkersOption } from '../options.ts'
import { watchWork } from '../telemetry.ts'
import { executionAsJson, syncAsJson } from '../../app/sync/sync-json.ts'
import { describeExecution } from '../screen/describe-execution.ts'
import { describeSync, describeSyncs, syncEndAsJson } from '../screen/describe-sync.ts'
import { printJson, printLines } from '../screen/print.ts'
import { printTried } from '../screen/print-tried.ts'

interface RunOptions extends ProgressOptions {
  force?: boolean
  dryRun?: boolean
  json?: boolean
  home?: string
  workers: boolean
  due?: number
  logFile?: string
  logLevel: string
}

/** `rollcall sync`: nightly syncs, one call of one of them, and what became of the earlier ones. */
export function syncCommand(): Command {
  const sync = new Command('sync').description('nightly syncs: run one, list them, tell how they went, pause one')
  for (const command of [runCommand(), listCommand(), historyCommand(), pauseCommand(), resumeCommand()]) {
    sync.addCommand(
      command.exitOverride().showHelpAfterError('(--help tells more)').configureHelp({ showGlobalOptions: true }),
    )
  }
  return sync
}

function runCommand(): Command {
  const command = new Command('run')
    .description('import what waits in the inbox of a sync, and tell how it went')
    .argument('<file>', "the sync's YAML file")
    .option('--force', 'go on where a guard tripped or the file was imported before')
    .option('--dry-run', 'compare the files with what is remembered, and send nothing')
    .option('--json', 'what it came to, as JSON on standard output')
    .addOption(noWorkersOption())
    .addOption(new Option('--due <time>', 'the time that it is called for').argParser(parseTime).hideHelp())
  return addProgressOptions(command)
    .addOption(homeOption())
    .addOption(logOptions().file)
    .addOption(logOptions().level)
    .action(runOnce)
}

function listCommand(): Command {
  return new Command('list')
    .description('list the syncs that were run here, and when each is due next')
    .option('--json', 'as JSON')
    .addOption(homeOption())
    .action((options: { json?: boolean; home?: string }) => {
      const environment = readEnvironment(options)
      const syncs = listSyncs(environment)
      if (options.json === true) printJson(syncs.map(syncAsJson))
      else printLines(describeSyncs(syncs, environment.home))
    })
}

function historyCommand(): Command {
  return new Command('history')
    .description('tell how the nights of a sync went, the latest last')
    .argument('<sync>', "the sync's name, or its file")
    .option('--last <n>', 'so many of them', parseCount, 30)
    .option('--json', 'as JSON')
    .addOption(homeOption())
    .action((given: string, options: { last: number; json?: boolean; home?: string }) => {
      const executions = syncHistory(readEnvironment(options), given, options.last)
      if (options.json === true) printJson(executions.map(executionAsJson))
      else printLines(executions.map(describeExecution))
    })
}

function pauseCommand(): Command {
  return new Command('pause')
    .description('keep a sync from beginning anything until it is resumed; what it has under way goes on')
    .argument('<sync>', "the sync's name, or its file")
    .option('--json', 'as JSON')
    .addOption(homeOption())
    .action((given: string, options: { json?: boolean; home?: string }) => {
      const { sync, already } = pauseSync(readEnvironment(options), given)
      const words = already
        ? `The sync ${sync} is paused already.`
        : `The sync ${sync} is paused: its times are passed over.`
      if (options.json === true) printJson({ sync, state: 'paused', already })
      else printLines([words])
    })
}

function resumeCommand(): Command {
  return new Command('resume')
    .description('let a paused sync go on, at its next time or call')
    .argument('<sync>', "the sync's name, or its file")
    .option('--json', 'as JSON')
    .addOption(homeOption())
    .action((given: string, options: { json?: boolean; home?: string }) => {
      const { sync, already } = resumeSync(readEnvironment(options), given)
      if (options.json === true) printJson({ sync, state: 'resumed', already })
      else printLines([already ? `The sync ${sync} is not paused.` : `The sync ${sync} goes on at its next time.`])
    })
}

async function runOnce(file: string, options: RunOptions): Promise<void> {
  const sync = readSync(file)
  const environment = readEnvironment({ home: options.home, account: sync.account })
  const log = openLog(options)
  await using watched = await watchWork({}, log)
  using context = openContext(environment, { log, watched, options, goOn: () => commandOf('sync', 'run', file) })
  if (options.dryRun === true) {
    printTried(sync, await trySync(sync, context), options.json === true)
    return
  }
  const { force = false, workers, due } = options
  const end = await runSync(sync, { force, workers, due }, context)
  if (options.json === true) printJson(syncEndAsJson(sync, end))
  else printLines(describeSync(sync, end, environment.home))
  process.exitCode = syncExitStatus(end)
}

function parseTime(value: string): number {
  const time = Date.parse(value)
  if (Number.isFinite(time)) return time
  throw new InvalidArgumentError('expected a time, as in 2026-11-24T02:30:00Z.')
}

function parseCount(value: string): number {
  const count = Number(value)
  if (Number.isSafeInteger(count) && count > 0) return count
  throw new InvalidArgumentError('expected a whole number, at least 1.')
}
