import { Command } from 'commander'
import { UsageError } from '../../model.ts'
import { findRun } from '../../run/list-runs.ts'
import type { RunRecord } from '../../run/run-record.ts'
import { readEnvironment } from '../environment.ts'
import { goOn } from '../../app/resume/resume-run.ts'
import { type WorkOptions, addWorkOptions, runArgument } from '../options.ts'
import { workingToEnd } from '../work-to-end.ts'

/** `rollcall resume <run>`: goes on where a paused, halted or crashed run stopped. */
export function resumeCommand(): Command {
  const command = new Command('resume')
    .description('go on where a paused, halted or crashed run stopped')
    .addArgument(runArgument())
  return addWorkOptions(command).action(resumeRun)
}

/** Goes on with a run, and has the process end with its exit status. */
export async function resumeRun(name: string, options: WorkOptions): Promise<void> {
  const environment = readEnvironment(options)
  const workToEnd = workingToEnd(options, environment)
  const record = findRun(environment.home, name)
  refuseOtherwise(record)
  await workToEnd((session) => goOn(record, { environment, workers: options.workers, ...session }))
}

function refuseOtherwise({ run, state, sync }: RunRecord): void {
  if (state === 'finished') {
    throw new UsageError(
      `Run ${run} is finished: there is nothing to go on with. \`rollcall show ${run}\` tells what became of its rows.`,
    )
  }
  if (state === 'cancelled') {
    throw new UsageError(`Run ${run} was cancelled. Import the file again to start over.`)
  }
  if (sync !== undefined) {
    const name = sync.slice(0, sync.indexOf('/'))
    throw new UsageError(`Run ${run} belongs to the sync ${name}: \`rollcall sync run\` with its file goes on with it.`)
  }
}
