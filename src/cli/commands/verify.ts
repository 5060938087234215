import { Command, Option } from 'commander'
import { UsageError } from '../../model.ts'
import { type RunRecord, findRun, listRuns } from '../../run/run-record.ts'
import type { Priority } from '../../run/turn-taker.ts'
import { checkAccount } from '../check-record.ts'
import { type Environment, readEnvironment } from '../environment.ts'
import { exitStatus } from '../exit.ts'
import { openLog } from '../log.ts'
import { openNotify } from '../notify-end.ts'
import { openVerification } from '../open-verification.ts'
import { homeOption, logOptions, notifyOption } from '../options.ts'
import { printEnd } from '../print-end.ts'
import { standing } from '../standing.ts'
import { startRun } from '../start-run.ts'
import { listenForStop } from '../stop-signal.ts'
import { resumeRun } from './resume.ts'

interface VerifyOptions {
  priority: Priority
  json?: boolean
  home?: string
  workers: boolean
  notify?: string
  logFile?: string
  logLevel: string
}

/** `rollcall verify <run>`: whether the members that a run imported are there, as it says, with their points. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('look up the members that a run imported: are they there, with their ids and points?')
    .argument('<run>', "the run's id, the beginning or end of it, or `latest`")
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
    .action(verify)
}

async function verify(name: string, options: VerifyOptions): Promise<void> {
  const environment = readEnvironment(options)
  const notify = openNotify(options.notify, environment)
  const target = targetOf(environment, name)
  checkAccount(target, environment)
  const begun = unfinishedOf(environment, target)
  if (begun !== undefined) {
    await resumeRun(begun.run, options)
    return
  }
  const open = openVerification(environment.home, target.run)
  try {
    const log = openLog({ file: options.logFile, level: options.logLevel })
    const stop = listenForStop()
    try {
      const { priority, workers } = options
      const end = await startRun(open, { environment, priority, again: true, workers, stop, log })
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

/** Of a verification: the run that it is of. */
function targetOf({ home }: Environment, name: string): RunRecord {
  const named = findRun(home, name)
  const target = named.verifies === undefined ? named : findRun(home, named.verifies)
  if (standing(home, target).state === 'running') {
    throw new UsageError(`Run ${target.run} is at work: wait for its end, then verify.`)
  }
  return target
}

/** A verification of the run that can go on. */
function unfinishedOf({ home }: Environment, { run }: RunRecord): RunRecord | undefined {
  return listRuns(home).findLast(
    ({ verifies, state }) => verifies === run && state !== 'finished' && state !== 'cancelled',
  )
}
