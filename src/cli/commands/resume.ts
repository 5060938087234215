import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { openBroker } from '../../broker/broker.ts'
import { UsageError } from '../../model.ts'
import { compilePlan } from '../../plan/compile-plan.ts'
import { loadPlan } from '../../plan/load-plan.ts'
import { type RunRecord, findRun, runFolder } from '../../run/run-record.ts'
import { checkAccount, checkFile } from '../check-record.ts'
import { type Environment, readEnvironment } from '../environment.ts'
import { exitStatus } from '../exit.ts'
import { openLog } from '../log.ts'
import { openRows } from '../open-rows.ts'
import { homeOption, logOptions, notifyOption } from '../options.ts'
import { openNotify } from '../notify-end.ts'
import { printEnd } from '../print-end.ts'
import { runSession } from '../session.ts'
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

async function resumeRun(name: string, options: ResumeOptions): Promise<void> {
  const environment = readEnvironment(options)
  const notify = openNotify(options.notify, environment)
  const record = findRun(environment.home, name)
  await refuseOtherwise(record, environment)
  const folder = runFolder(environment.home, record.run)
  const plan = loadPlan(readFileSync(folder.plan, 'utf8'), record.plan)
  const source = await openRows(environment.home, record, plan)
  const compiled = compilePlan(plan, source.columns)
  const log = openLog({ file: options.logFile, level: options.logLevel })
  const broker = await openBroker(environment)
  process.stderr.write(`Run ${record.run}: going on.\n`)
  const stop = listenForStop()
  try {
    const work = { environment, broker, record, plan, compiled, source, workers: options.workers, stop, log }
    const end = await runSession(work)
    printEnd(end, { json: options.json === true, home: environment.home, homeOption: options.home })
    await notify(end)
    process.exitCode = exitStatus(end.record.state, end.summary)
  } finally {
    stop.release()
    await source.close()
    await broker.close()
  }
}

async function refuseOtherwise(record: RunRecord, environment: Environment): Promise<void> {
  if (record.state === 'finished') {
    throw new UsageError(
      `Run ${record.run} is finished: there is nothing to go on with. \`rollcall show ${record.run}\` tells what became of its rows.`,
    )
  }
  if (record.state === 'cancelled') {
    throw new UsageError(`Run ${record.run} was cancelled. Import the file again to start over.`)
  }
  await checkFile(record)
  checkAccount(record, environment)
}
