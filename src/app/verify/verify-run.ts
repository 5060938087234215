import { commandOf } from '../../typed-commands.ts'
import { randomBytes } from 'node:crypto'
import { estimateDuration } from '../../check/estimate.ts'
import { UsageError } from '../../model.ts'
import { findRun, listRuns } from '../../run/list-runs.ts'
import type { RunRecord } from '../../run/run-record.ts'
import type { Priority } from '../../run/turn-taker.ts'
import type { Context } from '../context.ts'
import { startRun } from '../import/start-run.ts'
import { openNotify } from '../notify/notify-end.ts'
import { checkAccount } from '../resume/check-record.ts'
import { continueRun } from '../resume/resume-run.ts'
import { runStatus } from '../runs/run-status.ts'
import type { SessionEnd } from '../session/session-end.ts'
import { plural } from '../../words.ts'
import { type VerificationCost, costVerification, openVerification } from './open-verification.ts'

export interface VerifyRequest {
  /** The run's id, the beginning or end of one, or `latest`; of a verification: the run that it is of is meant. */
  readonly run: string
  /** Look up so many of the members only, chosen at random. */
  readonly sample?: number
  readonly priority: Priority
  /** Whether this process works on the lanes itself. */
  readonly workers: boolean
  /** An address to which the summary is posted when the verification ends, is paused or halts. */
  readonly notify?: string
}

/**
 * Looks up the members that a run imported, as a run of its own; resumes a verification of it that is not over.
 * Throws a UsageError where the run is at work, or the environment names another account.
 */
export async function verifyRun(request: VerifyRequest, context: Context): Promise<SessionEnd> {
  const { environment } = context
  const notify = openNotify(request.notify, context)
  const target = targetOf(environment.home, request.run)
  checkAccount(target, environment)
  const unfinished = unfinishedOf(environment.home, target)
  if (unfinished !== undefined) refuseOtherSample(unfinished, request)
  const end = await (unfinished === undefined
    ? startVerification(target, request, context)
    : continueRun(unfinished, request, context))
  await notify(end)
  return end
}

async function startVerification(
  { run }: RunRecord,
  { sample: size, priority, workers }: VerifyRequest,
  context: Context,
): Promise<SessionEnd> {
  const { environment, on } = context
  const { members, lanes } = costVerification(environment.home, run, environment.region)
  const sample = size === undefined || size >= members ? undefined : { members: size, of: members, seed: newSeed() }
  const share = (sample?.members ?? members) / members
  if (members > 0)
    on({ kind: 'members-counted', of: run, members, sample: sample?.members, durationMs: durationOf(lanes, share) })
  await using open = openVerification(environment.home, run, sample)
  return await startRun(open, { priority, workers, again: true }, context)
}

function newSeed(): number {
  return randomBytes(4).readUInt32BE()
}

/** How long a share of the look-ups takes, in milliseconds; undefined without limits. */
function durationOf(lanes: VerificationCost['lanes'], share: number): number | undefined {
  const whole = estimateDuration(lanes)
  return whole === undefined ? undefined : whole * share
}

/** Throws a UsageError where a verification that could go on looks up others than are asked for. */
function refuseOtherSample({ run, verifies = '', sample }: RunRecord, { sample: size }: VerifyRequest): void {
  if (size === undefined || size === sample?.members) return
  const which = sample === undefined ? 'all members' : `a sample of ${plural(sample.members, 'member')}`
  throw new UsageError(
    `A verification of run ${verifies} that looks up ${which} is not over: ${run}. \`${commandOf('verify', verifies)}\` without --sample goes on with it, \`${commandOf('cancel', run)}\` ends it.`,
  )
}

/** Of a verification: the run that it is of. */
function targetOf(home: string, name: string): RunRecord {
  const named = findRun(home, name)
  const target = named.verifies === undefined ? named : findRun(home, named.verifies)
  if (runStatus(home, target).state === 'running') {
    throw new UsageError(`Run ${target.run} is at work: wait for its end, then verify.`)
  }
  return target
}

/** A verification of the run that can go on. */
function unfinishedOf(home: string, { run }: RunRecord): RunRecord | undefined {
  return listRuns(home).findLast(
    ({ verifies, state }) => verifies === run && state !== 'finished' && state !== 'cancelled',
  )
}
