import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Command } from 'commander'
import type { Logger } from 'pino'
import { type SchedulerRequest, runScheduler } from '../../app/scheduler/run-scheduler.ts'
import { Stopped } from '../../app/stopped.ts'
import { readEnvironment } from '../environment.ts'
import { EXIT } from '../exit.ts'
import { openLog } from '../log.ts'
import { openContext } from '../open-context.ts'
import { homeOption, logOptions, noWorkersOption } from '../options.ts'
import { type WatchOptions, metricsOption, watchHome } from '../telemetry.ts'

type Sync = Parameters<SchedulerRequest['onDue']>[0]

interface SchedulerOptions extends WatchOptions {
  home?: string
  workers: boolean
  logFile?: string
  logLevel: string
}

/** `rollcall scheduler <file...>`: keeps the times of syncs, for as long as it is let. */
export function schedulerCommand(): Command {
  return new Command('scheduler')
    .description('keep the times of syncs: a process that runs for ever')
    .argument('<file...>', "the syncs' YAML files")
    .addOption(noWorkersOption())
    .addOption(metricsOption())
    .addOption(homeOption())
    .addOption(logOptions().file)
    .addOption(logOptions().level.default('info'))
    .action(schedule)
}

async function schedule(files: readonly string[], options: SchedulerOptions): Promise<void> {
  const environment = readEnvironment(options)
  const log = openLog(options)
  await using open = new AsyncDisposableStack()
  open.use(await watchHome(options, environment))
  using context = openContext(environment, { log, onStop() {} })
  const { signal } = context
  const { home } = environment
  await runScheduler({ files, onDue: (sync, due) => runSync(sync, due, { home, options, log, signal }) }, context)
}

/** Each time is a process of its own: what happens to it does not touch the times of the others. */
async function runSync(
  sync: Sync,
  due: number,
  { home, options, log, signal }: { home: string; options: SchedulerOptions; log: Logger; signal: AbortSignal },
): Promise<void> {
  const args = ['sync', 'run', sync.file, '--due', new Date(due).toISOString(), '--home', home]
  if (!options.workers) args.push('--no-workers')
  if (options.logFile !== undefined) args.push('--log-file', options.logFile)
  const main = process.argv[1] ?? ''
  const child = spawn(process.execPath, [...process.execArgv, main, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const pause = () => child.kill('SIGINT')
  signal.addEventListener('abort', pause)
  try {
    const [status, killedBy] = (await once(child, 'exit')) as [number | null, string | null]
    log.info({ sync: sync.name, due: new Date(due).toISOString(), status, killedBy }, 'ended')
    // What ended in the middle is gone on with, as often as it takes.
    // Before it listens for it: the time is taken up again.
    if (signal.aborted && (killedBy === 'SIGINT' || killedBy === 'SIGTERM'))
      throw new Stopped(`the sync ${sync.name} was stopped as it began`)
    if (status === null) throw new Error(`the process of the sync ${sync.name} was ended by ${killedBy}`)
    if (status === EXIT.fault || status === EXIT.usage)
      log.error({ sync: sync.name, status }, 'the sync could not do its work')
  } finally {
    signal.removeEventListener('abort', pause)
  }
}
