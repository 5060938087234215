import { Command, InvalidArgumentError, Option } from 'commander'
import { openLedger } from '../../ledger/open-ledger.ts'
import { UsageError } from '../../model.ts'
import { summarise } from '../../report/summary.ts'
import { findRun } from '../../run/list-runs.ts'
import { type RunRecord, runFolder } from '../../run/run-record.ts'
import { describeStory } from '../screen/describe-story.ts'
import { readEnvironment } from '../environment.ts'
import { homeOption, runArgument } from '../options.ts'
import { describeEnd } from '../screen/print-end.ts'
import { reportInfo } from '../../app/report/report-info.ts'
import { type RowChoice, rowStory } from '../../app/runs/row-story.ts'
import { standing } from '../../app/runs/run-status.ts'

interface ShowOptions {
  row?: number
  key?: string
  json?: boolean
  home?: string
}

/** `rollcall show <run>`: how a run stands, or what became of it, or of one of its rows. */
export function showCommand(): Command {
  return new Command('show')
    .description('tell how a run stands, or what became of it, or of one of its rows')
    .addArgument(runArgument())
    .addOption(
      new Option('--row <n>', "one row's story: what came in, what was sent, each answer, what to do").argParser(
        parseRow,
      ),
    )
    .addOption(new Option('--key <key>', 'the same, of the row with that key').conflicts('row'))
    .option('--json', 'as JSON: the summary, or the story')
    .addOption(homeOption())
    .action((name: string, options: ShowOptions) => {
      const { home } = readEnvironment(options)
      const record = findRun(home, name)
      const choice = choiceOf(options)
      process.stdout.write(
        choice === undefined ? showRun(home, record, options) : showRow(rowStory(home, record, choice), options),
      )
    })
}

function choiceOf({ row, key }: ShowOptions): RowChoice | undefined {
  if (row !== undefined) return { row }
  if (key === '') throw new UsageError('--key is empty: expected a key as the plan’s `rows: { key }` reads it.')
  return key === undefined ? undefined : { key }
}

function showRow(story: ReturnType<typeof rowStory>, { json }: ShowOptions): string {
  return json === true ? `${JSON.stringify(story, undefined, 2)}\n` : describeStory(story)
}

function showRun(home: string, record: RunRecord, options: ShowOptions): string {
  const { state } = standing(home, record)
  const ledger = openLedger(runFolder(home, record.run).ledger, { readOnly: true })
  try {
    const summary = summarise(ledger, reportInfo(home, record))
    if (options.json === true) return `${JSON.stringify(summary, undefined, 2)}\n`
    return describeEnd(
      { record: { ...record, state }, summary, codes: ledger.codes() },
      { home, homeOption: options.home },
    )
  } finally {
    ledger.close()
  }
}

function parseRow(value: string): number {
  const row = Number(value.replaceAll(/[,_]/g, ''))
  if (Number.isSafeInteger(row) && row > 0) return row
  throw new InvalidArgumentError('expected the number of a row, from 1.')
}
