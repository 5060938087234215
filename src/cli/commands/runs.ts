import { Command } from 'commander'
import { listRuns } from '../../app/runs/list-runs.ts'
import type { RunList } from '../../app/runs/run-catalogue.ts'
import { formatCount, plural } from '../../words.ts'
import { readEnvironment } from '../environment.ts'
import { homeOption } from '../options.ts'
import { printJson, printLines } from '../screen/print.ts'
import { tableLines } from '../screen/table.ts'

/** `rollcall runs`: all runs, the latest last. */
export function runsCommand(): Command {
  return new Command('runs')
    .description('list the runs, the latest last')
    .option('--json', 'as JSON')
    .addOption(homeOption())
    .action((options: { json?: boolean; home?: string }) => {
      const { home } = readEnvironment(options)
      const list = listRuns(home)
      if (options.json === true) printJson(asJson(list))
      else printLines(describe(list, home))
    })
}

function asJson({ runs, unreadable }: RunList): readonly object[] {
  return inOrder([
    ...runs.map(({ record, status }) => ({ ...status, file: record.source, plan: record.plan })),
    ...unreadable.map(({ run, why }) => ({ run, state: 'unreadable', reason: why })),
  ])
}

function describe({ runs, unreadable }: RunList, home: string): readonly string[] {
  const lines = inOrder([
    ...runs.map(({ record, status: { run, state, rows, problems } }) => ({
      run,
      cells: [run, state, plural(rows, 'row'), problems > 0 ? `${formatCount(problems)} not done` : '', record.source],
    })),
    ...unreadable.map(({ run, why }) => ({ run, cells: [run, 'unreadable', '', '', why] })),
  ])
  return [
    ...(lines.length === 0 ? [`No runs in ${home}.`] : tableLines(lines.map(({ cells }) => cells))),
    ...unreadable.flatMap(({ run, remedy }) => ['', `${run}: ${remedy}`]),
  ]
}

function inOrder<Line extends { readonly run: string }>(lines: readonly Line[]): readonly Line[] {
  return lines.toSorted((a, b) => (a.run < b.run ? -1 : 1))
}
