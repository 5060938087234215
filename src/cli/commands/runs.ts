import { Command } from 'commander'
import { type BegunRun, byBeginning, listRuns } from '../../app/runs/list-runs.ts'
import type { RunList } from '../../app/runs/run-catalogue.ts'
import { runKind } from '../../app/runs/run-kind.ts'
import { readEnvironment } from '../environment.ts'
import { homeOption } from '../options.ts'
import { describeRuns } from '../screen/describe-runs.ts'
import { printJson, printLines } from '../screen/print.ts'

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
      // A terminal that has not said how wide it is says 0.
      else printLines(describeRuns(list, { home, now: Date.now(), width: process.stdout.columns || undefined }))
    })
}

function asJson({ runs, unreadable }: RunList): readonly object[] {
  const listed: readonly (BegunRun & { readonly json: object })[] = [
    ...runs.map(({ record, status: { endsAt, rowsInAll, isToLookAt, ...status } }) => ({
      ...record,
      json: {
        ...status,
        to_look_at: isToLookAt,
        rows_in_all: rowsInAll ?? null,
        kind: runKind(record),
        file: record.source,
        plan: record.plan,
        started_at: record.startedAt,
        finished_at: status.state === 'running' ? null : (record.finishedAt ?? null),
        ends_at: endsAt === undefined ? null : new Date(endsAt).toISOString(),
      },
    })),
    ...unreadable.map(({ run, why }) => ({ run, json: { run, state: 'unreadable', reason: why } })),
  ]
  return listed.toSorted(byBeginning).map(({ json }) => json)
}
