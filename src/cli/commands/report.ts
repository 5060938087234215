import { Command } from 'commander'
import { openLedger } from '../../ledger/ledger.ts'
import { findRun, runFolder } from '../../run/run-record.ts'
import { readEnvironment } from '../environment.ts'
import { homeOption } from '../options.ts'
import { renderRun } from '../render-run.ts'

/** `rollcall report <run>`: writes the report files anew, also of a run that is not finished. */
export function reportCommand(): Command {
  return new Command('report')
    .description('write the report files of a run anew')
    .argument('<run>', "the run's id, the beginning or end of it, or `latest`")
    .addOption(homeOption())
    .action(async (name: string, options: { home?: string }) => {
      const { home } = readEnvironment(options)
      const record = findRun(home, name)
      const folder = runFolder(home, record.run)
      const ledger = openLedger(folder.ledger, { readOnly: true })
      try {
        await renderRun(home, record, ledger)
      } finally {
        ledger.close()
      }
      process.stdout.write(`Reports: ${folder.path}\n`)
    })
}
