import type { Logger } from 'pino'
import { openBroker } from '../../broker/open-broker.ts'
import type { CompiledPlan } from '../../plan/compile-plan.ts'
import type { RunRecord } from '../../run/run-record.ts'
import { checkAccount, checkFile } from './check-record.ts'
import type { Environment } from '../environment.ts'
import { openWork } from './open-run-input.ts'
import { type SessionEnd, runSession } from '../session/run-session.ts'
import type { StopSignal } from '../../cli/stop-signal.ts'

export interface GoOnOptions {
  readonly environment: Environment
  /** Whether this process works on the lanes itself. */
  readonly workers: boolean
  /** What is made of the run's plan. */
  readonly change?: (plan: CompiledPlan) => CompiledPlan
  readonly stop: StopSignal
  readonly log: Logger
}

/**
 * Goes on with a run that was paused, halted or crashed, under the plan as it was. Throws a UsageError where the file
 * is gone or has changed, or the environment names another account.
 */
export async function goOn(record: RunRecord, options: GoOnOptions): Promise<SessionEnd> {
  const { environment, change = (plan) => plan, ...rest } = options
  if (record.verifies === undefined) await checkFile(record)
  checkAccount(record, environment)
  const { plan, source, compiled: asPlanned } = await openWork(environment.home, record)
  try {
    const compiled = change(asPlanned)
    const broker = await openBroker(environment)
    process.stderr.write(`Run ${record.run}: going on.\n`)
    try {
      return await runSession({ environment, broker, record, plan, compiled, source, ...rest })
    } finally {
      await broker.close()
    }
  } finally {
    await source.close()
  }
}
