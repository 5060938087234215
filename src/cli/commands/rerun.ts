import { Command, InvalidArgumentError, Option } from 'commander'
import { rejectStatuses } from '../../ledger/rejects.ts'
import type { Status } from '../../model.ts'
import { findRun } from '../../run/list-runs.ts'
import { checkAccount } from '../../app/resume/check-record.ts'
import { dryRerun } from '../../app/rerun/estimate-rerun.ts'
import { readEnvironment } from '../environment.ts'
import { openRerun } from '../../app/rerun/open-rerun.ts'
import { type NewRunOptions, addNewRunOptions, runArgument } from '../options.ts'
import { startRun } from '../../app/import/start-run.ts'
import { workingToEnd } from '../work-to-end.ts'
import { plural } from '../../words.ts'

interface RerunCommandOptions extends NewRunOptions {
  only: readonly Status[]
  code?: number
  from?: string
  plan?: string
  dryRun?: boolean
}

/** `rollcall rerun <run>`: a new run over those rows of an old one that did not succeed. */
export function rerunCommand(): Command {
  const command = new Command('rerun')
    .description('send those rows of a run again that did not succeed, as a run of its own')
    .addArgument(runArgument())
    .addOption(
      new Option('--only <statuses>', 'which of them: rejected, failed, invalid, comma-separated')
        .argParser(parseOnly)
        .default(rejectStatuses, 'all three'),
    )
    .option('--code <n>', 'only rows that met this code of the API', parseCode)
    .option('--from <rejects.csv>', "the run's rejects.csv, mended; its column _row says which row is which")
    .option('--plan <plan.yaml>', "a mended plan, in the place of the run's own")
    .option('--dry-run', 'say what would be sent and how long it takes, without sending it')
  return addNewRunOptions(command).action(rerun)
}

async function rerun(name: string, options: RerunCommandOptions): Promise<void> {
  const environment = readEnvironment(options)
  const workToEnd = workingToEnd(options, environment)
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
    const { priority, workers } = options
    process.stderr.write(`${plural(open.selected, 'row')} of run ${target.run} go again.\n`)
    await workToEnd((session) => startRun(open, { environment, priority, again: true, workers, ...session }))
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
    const status = rejectStatuses.find((name) => name === word.trim())
    if (status !== undefined) return status
    throw new InvalidArgumentError(`expected ${rejectStatuses.join(', ')}, one or several of them with commas between.`)
  })
}

function parseCode(value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value)
  throw new InvalidArgumentError('expected a number, as in the column _code.')
}
