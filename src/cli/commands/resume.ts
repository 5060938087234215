import { Command } from 'commander'
import { UsageError } from '../../model.ts'
import { type RunRecord, findRun } from '../../run/run-record.ts'
import { readEnvironment } from '../environment.ts'
import { exitStatus } from '../exit.ts'
import { goOn } from '../go-on.ts'
import { openLog } from '../log.ts'
import { openNotify } from '../notify-end.ts'
import { homeOption, logOptions, notifyOption } from '../options.ts'
import { printEnd } from '../print-end.ts'
import { listenForStop } from '../stop-signal.ts'

interface ResumeOptions {
  json?: boolean
  home?: string
  workers: boolean
  notify?: string
  logFile?: string
  logLevel: string
}

/** `rollcall resume <run>`: goes on where a paused, halted or crashed run stopped. */
export function resumeCommand(): Command {
  return new Command('resume')
    .description('go on where a paused, halted or crashed run stopped')
    .argument('<run>', "the run's id, the beginning or end of it, or `latest`")
    .option('--json', 'print the summary as JSON on standard output')
    .option('--no-workers', 'leave the requests to `rollcall worker` processes (needs REDIS_URL)')
    .addOption(notifyOption())
    .addOption(homeOption())
    .addOption(logOptions().file)
    .addOption(logOptions().level)
    .action(resumeRun)
}

/** Goes on with a run, and has the process end with its exit status. */
export async function resumeRun(name: string, options: ResumeOptions): Promise<void> {
  const environment = readEnvironment(options)
  const notify = openNotify(options.notify, environment)
  const record = findRun(environment.home, name)
  refuseOtherwise(record)
  const log = openLog({ file: options.logFile, level: options.logLevel })
  const stop = listenForStop()
  try {
    const end = await goOn(record, { environment, workers: options.workers, stop, log })
    printEnd(end, { json: options.json === true, home: environment.home, homeOption: options.home })
    await notify(end)
    process.exitCode = exitStatus(end.record.state, end.summary)
  } finally {
    stop.release()
  }
}

function refuseOtherwise({ run, state, sync }: RunRecord): void {
  if (state === 'finished') {
    throw new UsageError(
      `Run ${run} is finished: there is nothing to go on with. \`rollcall show ${run}\` tells what became of its rows.`,
    )
  }
  if (state === 'cancelled') {
    throw new UsageError(`Run ${run} was cancelled. Import the file again to start over.`)
  }
  if (sync !== undefined) {
    const name = sync.slice(0, sync.indexOf('/'))
    throw new UsageError(`Run ${run} belongs to the sync ${name}: \`rollcall sync run\` with its file goes on with it.`)
  }
}
