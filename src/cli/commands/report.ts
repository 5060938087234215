import { Command, Option } from 'commander'
import { FORMS, type ReportRequest, writeReport } from '../../app/report/write-report.ts'
import { readEnvironment } from '../environment.ts'
import { homeOption, runArgument } from '../options.ts'
import { printJson, printLines } from '../screen/print.ts'

interface ReportOptions extends Omit<ReportRequest, 'run'> {
  readonly json?: boolean
  readonly home?: string
}

/** `rollcall report <run>`: writes the report files anew, also of a run that is not finished, or other forms of them. */
export function reportCommand(): Command {
  return new Command('report')
    .description('write the report files of a run anew, or other forms of them')
    .addArgument(runArgument())
    .addOption(new Option('--format <form>', 'results.csv in another form, beside it').choices(FORMS))
    .option('--mask', "hide members' data; these files go into the folder masked/ of the run")
    .option('--json', 'as JSON')
    .addOption(homeOption())
    .action(async (run: string, { home, json, ...options }: ReportOptions) => {
      const written = await writeReport(readEnvironment({ home }).home, { ...options, run })
      if (json === true) printJson({ written })
      else printLines([`Reports: ${written}`])
    })
}
