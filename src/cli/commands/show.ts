import { Command } from 'commander'
import { openLedger } from '../../ledger/ledger.ts'
import { summarise } from '../../report/summary.ts'
import { findRun, runFolder } from '../../run/run-record.ts'
import { readEnvironment } from '../environment.ts'
import { homeOption } from '../options.ts'
import { describeEnd } from '../print-end.ts'
import { reportInfo } from '../report-info.ts'
import { standing } from '../standing.ts'

/** `rollcall show <run>`: how a run stands, or what became of it. */
export function showCommand(): Command {
  return new Command('show')
    .description('tell how a run stands, or what became of it')
    .argument('<run>', "the run's id, the beginning or end of it, or `latest`")
    .option('--json', 'the summary as JSON')
    .addOption(homeOption())
    .action((name: string, options: { json?: boolean; home?: string }) => {
      const { home } = readEnvironment(options)
      const record = findRun(home, name)
      const { state } = standing(home, record)
      const ledger = openLedger(runFolder(home, record.run).ledger, { readOnly: true })
      try {
        const summary = summarise(ledger, reportInfo(home, record))
        process.stdout.write(
          options.json === true
            ? `${JSON.stringify(summary, undefined, 2)}\n`
            : describeEnd(
                { record: { ...record, state }, summary, codes: ledger.codes() },
                { home, homeOption: options.home },
              ),
        )
      } finally {
        ledger.close()
      }
    })
}
