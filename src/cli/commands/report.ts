import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Command, Option } from 'commander'
import type { Ledger } from '../../ledger/ledger.ts'
import { openLedger } from '../../ledger/open-ledger.ts'
import { UsageError } from '../../model.ts'
import { hideWith, maskedLedger } from '../../report/mask.ts'
import { type Form, renderForm } from '../../report/render-form.ts'
import { type Rendering, renderReports } from '../../report/render-reports.ts'
import { findRun } from '../../run/list-runs.ts'
import { type RunRecord, runFolder } from '../../run/run-record.ts'
import { readEnvironment } from '../environment.ts'
import { maskKey } from '../../app/report/mask-key.ts'
import { homeOption, runArgument } from '../options.ts'
import { renderRun } from '../../app/report/render-run.ts'
import { reportInfo } from '../../app/report/report-info.ts'

interface ReportOptions {
  format?: Form
  mask?: boolean
  home?: string
}

/** `rollcall report <run>`: writes the report files anew, also of a run that is not finished, or other forms of them. */
export function reportCommand(): Command {
  return new Command('report')
    .description('write the report files of a run anew, or other forms of them')
    .addArgument(runArgument())
    .addOption(new Option('--format <form>', 'results.csv in another form, beside it').choices(['xlsx', 'parquet']))
    .option('--mask', "hide members' data; these files go into the folder masked/ of the run")
    .addOption(homeOption())
    .action(async (name: string, options: ReportOptions) => {
      const { home } = readEnvironment(options)
      const record = findRun(home, name)
      const ledger = openLedger(runFolder(home, record.run).ledger, { readOnly: true })
      try {
        process.stdout.write(`Reports: ${await write(home, record, ledger, options)}\n`)
      } finally {
        ledger.close()
      }
    })
}

/** Writes what is asked for, and tells where. */
async function write(
  home: string,
  record: RunRecord,
  ledger: Ledger,
  { format, mask }: ReportOptions,
): Promise<string> {
  const dir = runFolder(home, record.run).path
  if (format === undefined && mask !== true) {
    await renderRun(home, record, ledger)
    return dir
  }
  if (record.verifies !== undefined) {
    throw new UsageError(
      `Run ${record.run} is a verification, whose verify.csv has one form: ask for that of run ${record.verifies}, which it is of.`,
    )
  }
  const plain: Rendering = { ledger, dir, run: reportInfo(home, record) }
  const rendering = mask === true ? masked(home, plain) : plain
  if (format !== undefined) return renderForm(format, rendering)
  await renderReports(rendering)
  return rendering.dir
}

/** The same reports without members' data, in a folder of their own. What relatives of the run found names members. */
function masked(home: string, { ledger, dir, run }: Rendering): Rendering {
  const aside = join(dir, 'masked')
  mkdirSync(aside, { recursive: true, mode: 0o700 })
  return {
    ledger: maskedLedger(ledger, hideWith(maskKey(home))),
    dir: aside,
    folder: dir,
    run: { ...run, family: undefined, verification: undefined },
  }
}
