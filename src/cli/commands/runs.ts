import { Command } from 'commander'
import { listRuns } from '../../run/run-record.ts'
import { readEnvironment } from '../environment.ts'
import { homeOption } from '../options.ts'
import { standing } from '../standing.ts'

/** `rollcall runs`: all runs, the latest last. */
export function runsCommand(): Command {
  return new Command('runs')
    .description('list the runs, the latest last')
    .option('--json', 'as JSON')
    .addOption(homeOption())
    .action((options: { json?: boolean; home?: string }) => {
      const { home } = readEnvironment(options)
      const runs = listRuns(home).map((record) => ({
        ...standing(home, record),
        file: record.source,
        plan: record.plan,
      }))
      if (options.json === true) process.stdout.write(`${JSON.stringify(runs, undefined, 2)}\n`)
      else if (runs.length === 0) process.stdout.write(`No runs in ${home}.\n`)
      else {
        const rows = runs.map(({ run, state, rows: count, problems, file }) => [
          run,
          state,
          `${count} rows`,
          problems > 0 ? `${problems} not done` : '',
          file,
        ])
        const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)))
        for (const row of rows) {
          process.stdout.write(
            `${row
              .map((cell, at) => cell.padEnd(widths[at] ?? 0))
              .join('  ')
              .trimEnd()}\n`,
          )
        }
      }
    })
}
