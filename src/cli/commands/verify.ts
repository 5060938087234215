import { Command } from 'commander'
import { UsageError } from '../../model.ts'
import { findRun, listRuns } from '../../run/list-runs.ts'
import type { RunRecord } from '../../run/run-record.ts'
import { checkAccount } from '../../app/resume/check-record.ts'
import type { Environment } from '../../app/environment.ts'
import { readEnvironment } from '../environment.ts'
import { openVerification } from '../../app/verify/open-verification.ts'
import { type NewRunOptions, addNewRunOptions, runArgument } from '../options.ts'
import { standing } from '../../app/runs/run-status.ts'
import { startRun } from '../../app/import/start-run.ts'
import { workingToEnd } from '../work-to-end.ts'
import { resumeRun } from './resume.ts'

/** `rollcall verify <run>`: whether the members that a run imported are there, as it says, with their points. */
export function verifyCommand(): Command {
  const command = new Command('verify')
    .description('look up the members that a run imported: are they there, with their ids and points?')
    .addArgument(runArgument())
  return addNewRunOptions(command).action(verify)
}

async function verify(name: string, options: NewRunOptions): Promise<void> {
  const environment = readEnvironment(options)
  const workToEnd = workingToEnd(options, environment)
  const target = targetOf(environment, name)
  checkAccount(target, environment)
  const begun = unfinishedOf(environment, target)
  if (begun !== undefined) {
    await resumeRun(begun.run, options)
    return
  }
  const open = openVerification(environment.home, target.run)
  try {
    const { priority, workers } = options
    await workToEnd((session) => startRun(open, { environment, priority, again: true, workers, ...session }))
  } finally {
    await open.close()
  }
}

/** Of a verification: the run that it is of. */
function targetOf({ home }: Environment, name: string): RunRecord {
  const named = findRun(home, name)
  const target = named.verifies === undefined ? named : findRun(home, named.verifies)
  if (standing(home, target).state === 'running') {
    throw new UsageError(`Run ${target.run} is at work: wait for its end, then verify.`)
  }
  return target
}

/** A verification of the run that can go on. */
function unfinishedOf({ home }: Environment, { run }: RunRecord): RunRecord | undefined {
  return listRuns(home).findLast(
    ({ verifies, state }) => verifies === run && state !== 'finished' && state !== 'cancelled',
  )
}
