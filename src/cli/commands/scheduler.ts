import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { Command } from 'commander'
import type { Logger } from 'pino'
import { openBroker } from '../../broker/open-broker.ts'
import { UsageError } from '../../model.ts'
import type { Sync } from '../../sync/load-sync.ts'
import { readEnvironment } from '../environment.ts'
import { EXIT } from '../exit.ts'
import { keepTimes } from '../../app/scheduler/schedule-syncs.ts'
import { openLog } from '../log.ts'
import { homeOption, logOptions, noWorkersOption } from '../options.ts'
import { readSync } from '../../app/sync/run-sync.ts'
import { listenForStop } from '../stop-signal.ts'

interface SchedulerOptions {
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
    .addOption(homeOption())
    .addOption(logOptions().file)
    .addOption(logOptions().level.default('info'))
    .action(schedule)
}

async function schedule(files: readonly string[], options: SchedulerOptions): Promise<void> {
  const { home, redisUrl } = readEnvironment(options)
  const syncs = files.map((file) => withSchedule(readSync(file)))
  const twice = syncs.find(({ name }, at) => syncs.findIndex((sync) => sync.name === name) !== at)
  if (twice !== undefined) throw new UsageError(`Two of the syncs are called ${twice.name}: give each its \`name\`.`)
  const log = openLog({ file: options.logFile, level: options.logLevel })
  // The embedded broker serves one process: the scheduler has one of its own, and leaves the other to the imports.
  const broker = await openBroker({ redisUrl, home: redisUrl === undefined ? join(home, 'scheduler') : home })
  const stopped = Promise.withResolvers<void>()
  const stop = listenForStop(stopped.resolve)
  const onTime = (sync: Sync, due: number) => runSync(sync, due, { home, options, log, signal: stop.signal })
  const keeping = await keepTimes({ broker, home, syncs, onTime, log })
  process.stderr.write(`Keeping the times of ${syncs.map(({ name }) => name).join(', ')}. Ctrl-C ends it.\n`)
  await stopped.promise
  await keeping.close()
  await broker.close()
  stop.release()
}

function withSchedule(sync: Sync): Sync & { schedule: NonNullable<Sync['schedule']> } {
  const { schedule: times, file } = sync
  if (times !== undefined) return { ...sync, schedule: times }
  throw new UsageError(
    `${file} has no \`schedule\`: add one, as in \`schedule: { cron: "30 2 * * *", zone: Europe/Berlin }\`.`,
  )
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
    if (status === null) throw new Error(`the process of the sync ${sync.name} was ended by ${killedBy}`)
    if (status === EXIT.fault || status === EXIT.usage)
      log.error({ sync: sync.name, status }, 'the sync could not do its work')
  } finally {
    signal.removeEventListener('abort', pause)
  }
}
