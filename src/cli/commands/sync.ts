import { Command, InvalidArgumentError, Option } from 'commander'
import { UsageError } from '../../model.ts'
import { listInbox, readyFiles } from '../../sync/inbox.ts'
import type { Sync } from '../../sync/load-sync.ts'
import { openStoreToTry } from '../../sync/store.ts'
import type { Environment } from '../../app/environment.ts'
import { readEnvironment } from '../environment.ts'
import { EXIT } from '../exit.ts'
import { openLog } from '../log.ts'
import { homeOption, logOptions, noWorkersOption } from '../options.ts'
import { describeEnd } from '../screen/print-end.ts'
import { type SyncEnd, readSync, runSync } from '../../app/sync/run-sync.ts'
import { listSyncs, nightAsJson, showHistory } from '../sync-history.ts'
import { type StopSignal, listenForStop } from '../stop-signal.ts'
import { sourceName } from '../../app/sync/remote-places.ts'
import { tryFile } from '../../app/sync/execution.ts'
import { describeSurvey } from '../../app/sync/sync-notice.ts'

interface RunOptions {
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
  const run = new Command('run')
    .description('import what waits in the inbox of a sync, and tell how it went')
    .argument('<file>', "the sync's YAML file")
    .option('--force', 'go on where a guard tripped or the file was imported before')
    .option('--dry-run', 'compare the files with what is remembered, and send nothing')
    .option('--json', 'what it came to, as JSON on standard output')
    .addOption(noWorkersOption())
    .addOption(new Option('--due <time>', 'the time that it is called for').argParser(parseTime).hideHelp())
    .addOption(homeOption())
    .addOption(logOptions().file)
    .addOption(logOptions().level)
    .action(runOnce)
  const list = new Command('list')
    .description('list the syncs that were run here, and when each is due next')
    .option('--json', 'as JSON')
    .addOption(homeOption())
    .action(listSyncs)
  const history = new Command('history')
    .description('tell how the nights of a sync went, the latest last')
    .argument('<sync>', "the sync's name, or its file")
    .option('--last <n>', 'so many of them', parseCount, 30)
    .option('--json', 'as JSON')
    .addOption(homeOption())
    .action(showHistory)
  const sync = new Command('sync').description('nightly syncs: run one, list them, tell how they went')
  for (const command of [run, list, history]) {
    sync.addCommand(
      command.exitOverride().showHelpAfterError('(--help tells more)').configureHelp({ showGlobalOptions: true }),
    )
  }
  return sync
}

async function runOnce(file: string, options: RunOptions): Promise<void> {
  const sync = readSync(file)
  const environment = readEnvironment({ home: options.home, account: sync.account })
  const log = openLog({ file: options.logFile, level: options.logLevel })
  const stop = listenForStop()
  const { force = false, workers, due } = options
  try {
    if (options.dryRun === true) {
      await tryRun(sync, environment, { stop, log, json: options.json === true })
      return
    }
    const end = await runSync(sync, { environment, force, workers, stop, log, ...(due !== undefined && { due }) })
    if (options.json === true) process.stdout.write(`${JSON.stringify(asJson(sync, end), undefined, 2)}\n`)
    else process.stdout.write(describeSync(sync, end, environment, options.home))
    process.exitCode = end.exit
  } finally {
    stop.release()
  }
}

async function tryRun(
  sync: Sync,
  environment: Environment,
  { json, ...rest }: { stop: StopSignal; log: ReturnType<typeof openLog>; json: boolean },
): Promise<void> {
  if (sync.source.kind !== 'inbox') {
    throw new UsageError(
      `--dry-run fetches nothing, so it cannot say what waits in ${sourceName(sync)}. To look at a file there: ` +
        `rollcall check <its address> --plan ${sync.plan}. To compare one with what is remembered, copy it into a ` +
        `folder, and give --dry-run a copy of ${sync.file} with \`name: ${sync.name}\` and that folder as its \`source\`.`,
    )
  }
  const { folder: inbox, pattern } = sync.source
  const store = openStoreToTry(environment.home, sync.name)
  try {
    const files = readyFiles(listInbox(inbox), { pattern, ready: sync.ready, now: environment.now() })
    const tried = []
    const options = { ...rest, sync, inbox, store, environment, force: false, workers: true, due: undefined }
    for (const file of files) tried.push({ file: file.name, ...(await tryFile(file, options)) })
    if (tried.some((found) => found.kind === 'unusable' || found.doubts.length > 0)) process.exitCode = EXIT.stopped
    if (json) {
      process.stdout.write(`${JSON.stringify(tried, undefined, 2)}\n`)
      return
    }
    for (const found of tried) {
      const doubts = found.kind === 'sound' ? found.doubts : [found.doubt]
      const counts = found.kind === 'sound' ? describeSurvey(found.survey) : 'not usable.'
      const sends = found.kind === 'sound' ? ` Would send something of ${found.survey.sends}.` : ''
      process.stdout.write(`${found.file}: ${counts}${sends}\n`)
      for (const { reason } of doubts) process.stdout.write(`  a guard would trip: ${reason}\n`)
    }
    if (tried.length === 0) process.stdout.write(`No file waits in ${inbox}.\n`)
  } finally {
    store.close()
  }
}

function asJson(sync: Sync, { state, nights }: SyncEnd): object {
  return {
    sync: sync.name,
    state,
    files: nights.map(({ night, end }) => ({ ...nightAsJson(night), summary: end?.summary })),
  }
}

function describeSync(sync: Sync, { state, nights }: SyncEnd, { home }: Environment, given?: string): string {
  if (state === 'busy')
    return `Another process is at work on the sync ${sync.name}: skipped, as its \`overlap\` says.\n`
  if (state === 'past') return 'That time was taken up before.\n'
  return nights
    .map(({ night, end }) => {
      const survey = night.survey === undefined ? '' : ` ${describeSurvey(night.survey)}`
      if (end === undefined || night.outcome === 'guard') {
        return `\n${night.file ?? ''}: not imported. ${night.reason ?? ''}${survey}\n`
      }
      const where = night.archived === undefined ? '' : `The file: ${night.archived}\n`
      const text = describeEnd(end, { home, homeOption: given })
      return `${text}${survey.trimStart()}\n${where}`
    })
    .join('')
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
