import { Command, InvalidArgumentError, Option } from 'commander'
import type { Status } from '../../model.ts'
import { findRun } from '../../run/run-record.ts'
import { UNDONE } from '../../run/select-rows.ts'
import type { Priority } from '../../run/turn-taker.ts'
import { checkAccount } from '../check-record.ts'
import { dryRerun } from '../dry-rerun.ts'
import { readEnvironment } from '../environment.ts'
import { exitStatus } from '../exit.ts'
import { openLog } from '../log.ts'
import { openNotify } from '../notify-end.ts'
import { openRerun } from '../open-rerun.ts'
import { homeOption, logOptions, notifyOption } from '../options.ts'
import { printEnd } from '../print-end.ts'
import { startRun } from '../start-run.ts'
import { listenForStop } from '../stop-signal.ts'
import { plural } from '../../words.ts'

interface RerunCommandOptions {
  only: readonly Status[]
  code?: number
  from?: string
  plan?: string
  dryRun?: boolean
  priority: Priority
  json?: boolean
  home?: string
  workers: boolean
  notify?: string
  logFile?: string
  logLevel: string
}

/** `rollcall rerun <run>`: a new run over those rows of an old one that did not succeed. */
export function rerunCommand(): Command {
  return new Command('rerun')
    .description('send those rows of a run again that did not succeed, as a run of its own')
    .argument('<run>', "the run's id, the beginning or end of it, or `latest`")
    .option(
      '--only <statuses>',
      'which of them: rejected, failed, invalid, comma-separated (all three)',
      parseOnly,
      UNDONE,
    )
    .option('--code <n>', 'only rows that met this code of the API', parseCode)
    .option('--from <rejects.csv>', "the run's rejects.csv, mended; its column _row says which row is which")
    .option('--plan <plan.yaml>', "a mended plan, in the place of the run's own")
    .option('--dry-run', 'say what would be sent and how long it takes, without sending it')
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
    .action(rerun)
}

async function rerun(name: string, options: RerunCommandOptions): Promise<void> {
  const environment = readEnvironment(options)
  const notify = openNotify(options.notify, environment)
  const target = findRun(environment.home, name)
  const open = await openRerun(environment.home, target, options)
  try {
    if (open.left > 0) {
      process.stderr.write(
        `${plural(open.left, 'row')} of ${open.given} are done already, or not asked for, and stay out.\n`,
      )
    }
    if (open.selected === 0) {
      const words = `Nothing to send: no row of run ${target.run} is ${describeChoice(options)}.`
      process.stdout.write(options.json === true ? `${JSON.stringify({ run: target.run, rows: 0 })}\n` : `${words}\n`)
      return
    }
    if (options.dryRun === true) {
      await dryRerun(open, { run: target.run, region: environment.region, json: options.json === true })
      return
    }
    checkAccount(target, environment)
    const log = openLog({ file: options.logFile, level: options.logLevel })
    const stop = listenForStop()
    try {
      const { priority, workers } = options
      process.stderr.write(`${plural(open.selected, 'row')} of run ${target.run} go again.\n`)
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

function describeChoice({ only, code }: RerunCommandOptions): string {
  const statuses = only.join(' or ')
  return code === undefined ? statuses : `${statuses} with code ${code}`
}

function parseOnly(value: string): readonly Status[] {
  return value.split(',').map((word) => {
    const status = UNDONE.find((name) => name === word.trim())
    if (status !== undefined) return status
    throw new InvalidArgumentError(`expected ${UNDONE.join(', ')}, one or several of them with commas between.`)
  })
}

function parseCode(value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value)
  throw new InvalidArgumentError('expected a number, as in the column _code.')
}
