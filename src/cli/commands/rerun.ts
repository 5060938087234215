import { Command, InvalidArgumentError, Option } from 'commander'
import { rerunStatuses } from '../../app/rerun/open-rerun.ts'
import { rerunRows } from '../../app/rerun/rerun-rows.ts'
import type { Status } from '../../model.ts'
import { confirmOnTerminal } from '../confirm.ts'
import { readEnvironment } from '../environment.ts'
import { openLog } from '../log.ts'
import { openContext } from '../open-context.ts'
import { watchWork } from '../telemetry.ts'
import { type NewRunOptions, addNewRunOptions, allowUnlinkOption, runArgument } from '../options.ts'
import { printEnd } from '../screen/print-end.ts'
import { printRerun } from '../screen/print-rerun.ts'
import { printJson, printLines } from '../screen/print.ts'

interface RerunOptions extends NewRunOptions {
  only: readonly Status[]
  code?: number
  from?: string
  asIs?: boolean
  plan?: string
  dryRun?: boolean
  allowUnlink?: boolean
}

/** `rollcall rerun <run>`: a new run over those rows of an old one that did not succeed. */
export function rerunCommand(): Command {
  const command = new Command('rerun')
    .description('send those rows of a run again that did not succeed, as a run of its own')
    .addArgument(runArgument())
    .addOption(
      new Option('--only <statuses>', 'which of them: rejected, failed, invalid, comma-separated')
        .argParser(parseOnly)
        .default(rerunStatuses, 'all three'),
    )
    .option('--code <n>', 'only rows that met this code of the API', parseCode)
    .option('--from <rejects.csv>', "the run's rejects.csv, mended; its column _row says which row is which")
    .option('--as-is', 'with --from: take its cells as they are, also where a spreadsheet seems to have changed them')
    .option('--plan <plan.yaml>', "a mended plan, in the place of the run's own")
    .addOption(allowUnlinkOption())
    .option('--dry-run', 'say what would be sent and how long it takes, without sending it')
  return addNewRunOptions(command).action(rerun)
}

async function rerun(run: string, options: RerunOptions): Promise<void> {
  const log = openLog(options)
  await using watched = await watchWork(options, log)
  using context = openContext(readEnvironment(options), { log, watched, options })
  const result = await rerunRows({ ...options, run, confirm: confirmOnTerminal() }, context)
  switch (result.kind) {
    case 'nothing': {
      const words = `Nothing to send: no row of run ${result.run} is ${describeChoice(options)}.`
      if (options.json === true)
        printJson({ run: result.run, rows: 0, invalid: 0, lanes: {}, seconds: 0, message: words }, { on: 'line' })
      else printLines([words])
      return
    }
    case 'estimated':
      printRerun(result, options.json === true)
      return
    case 'ended':
      printEnd(result.end, { options, environment: context.environment })
  }
}

function describeChoice({ only, code }: RerunOptions): string {
  const statuses = only.join(' or ')
  return code === undefined ? statuses : `${statuses} with code ${code}`
}

function parseOnly(value: string): readonly Status[] {
  return value.split(',').map((word) => {
    const status = rerunStatuses.find((name) => name === word.trim())
    if (status !== undefined) return status
    throw new InvalidArgumentError(`expected ${rerunStatuses.join(', ')}, one or several of them with commas between.`)
  })
}

function parseCode(value: string): number {
  if (/^\d{1,9}$/.test(value)) return Number(value)
  throw new InvalidArgumentError('expected a number, as in the column _code.')
}
