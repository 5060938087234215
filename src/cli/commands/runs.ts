import { Command } from 'commander'
import { unreadableRemedy } from '../../run/list-runs.ts'
import { formatCount, plural } from '../../words.ts'
import { readEnvironment } from '../environment.ts'
import { homeOption } from '../options.ts'
import { readStandings } from '../../app/runs/run-status.ts'

/** `rollcall runs`: all runs, the latest last. */
export function runsCommand(): Command {
  return new Command('runs')
    .description('list the runs, the latest last')
    .option('--json', 'as JSON')
    .addOption(homeOption())
    .action((options: { json?: boolean; home?: string }) => {
      const { home } = readEnvironment(options)
      const { runs, unreadable } = readStandings(home)
      if (options.json === true) {
        const read = runs.map(({ record, standing }) => ({ ...standing, file: record.source, plan: record.plan }))
        const others = unreadable.map(({ run, why }) => ({ run, state: 'unreadable', reason: why }))
        process.stdout.write(`${JSON.stringify(inOrder([...read, ...others]), undefined, 2)}\n`)
        return
      }
      const lines = [
        ...runs.map(({ record, standing: { run, state, rows, problems } }) => ({
          run,
          cells: [
            run,
            state,
            plural(rows, 'row'),
            problems > 0 ? `${formatCount(problems)} not done` : '',
            record.source,
          ],
        })),
        ...unreadable.map(({ run, why }) => ({ run, cells: [run, 'unreadable', '', '', why] })),
      ]
      if (lines.length === 0) process.stdout.write(`No runs in ${home}.\n`)
      for (const line of aligned(inOrder(lines).map(({ cells }) => cells))) process.stdout.write(`${line}\n`)
      for (const { run } of unreadable) process.stdout.write(`\n${run}: ${unreadableRemedy(home, run)}\n`)
    })
}

function inOrder<Line extends { readonly run: string }>(lines: readonly Line[]): readonly Line[] {
  return lines.toSorted((a, b) => (a.run < b.run ? -1 : 1))
}

/** The cells of each line side by side, each column as wide as its widest cell. */
function aligned(lines: readonly (readonly string[])[]): readonly string[] {
  const last = Math.max(0, ...lines.map((cells) => cells.length - 1))
  const widths = Array.from({ length: last }, (_, column) =>
    Math.max(...lines.map((cells) => cells[column]?.length ?? 0)),
  )
  return lines.map((cells) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}
