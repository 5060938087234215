import { readFileSync } from 'node:fs'
import type { Logger } from 'pino'
import { openBroker } from '../broker/broker.ts'
import { type CompiledPlan, compilePlan } from '../plan/compile-plan.ts'
import { loadPlan } from '../plan/load-plan.ts'
import { type RunRecord, runFolder } from '../run/run-record.ts'
import { checkAccount, checkFile } from './check-record.ts'
import type { Environment } from './environment.ts'
import { openRows } from './open-rows.ts'
import { type SessionEnd, runSession } from './session.ts'
import type { StopSignal } from './stop-signal.ts'

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
  await checkFile(record)
  checkAccount(record, environment)
  const plan = loadPlan(readFileSync(runFolder(environment.home, record.run).plan, 'utf8'), record.plan)
  const source = await openRows(environment.home, record, plan)
  try {
    const compiled = change(compilePlan(plan, source.columns))
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
