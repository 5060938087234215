import { Command, InvalidArgumentError, Option } from 'commander'
import type { RowChoice } from '../../app/runs/row-story.ts'
import { showRun } from '../../app/runs/show-run.ts'
import { UsageError } from '../../model.ts'
import { readEnvironment } from '../environment.ts'
import { homeOption, runArgument } from '../options.ts'
import { describeStory } from '../screen/describe-story.ts'
import { describeEnd } from '../screen/print-end.ts'
import { printJson, printLines, printText } from '../screen/print.ts'

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
    .action(async (name: string, options: ShowOptions) => {
      const { home } = readEnvironment(options)
      const choice = choiceOf(options)
      if (choice === undefined) showWhole(home, name, options)
      else await showRow(home, name, { choice, json: options.json === true })
    })
}

function choiceOf({ row, key }: ShowOptions): RowChoice | undefined {
  if (row !== undefined) return { row }
  if (key === '') throw new UsageError('--key is empty: expected a key as the plan’s `rows: { key }` reads it.')
  return key === undefined ? undefined : { key }
}

/** What tells a row's story reads plans, and is loaded for it alone. */
async function showRow(
  home: string,
  name: string,
  { choice, json }: { choice: RowChoice; json: boolean },
): Promise<void> {
  const { rowStory } = await import('../../app/runs/row-story.ts')
  const story = rowStory(home, name, choice)
  if (json) printJson(story)
  else printText(describeStory(story))
}

function showWhole(home: string, name: string, options: ShowOptions): void {
  const shown = showRun(home, name)
  if (options.json === true) printJson(shown.summary)
  else printLines(describeEnd(shown, home))
}

function parseRow(value: string): number {
  const row = Number(value.replaceAll(/[,_]/g, ''))
  if (Number.isSafeInteger(row) && row > 0) return row
  throw new InvalidArgumentError('expected the number of a row, from 1.')
}
