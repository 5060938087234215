import { setTimeout as delay } from 'node:timers/promises'
import { Command } from 'commander'
import { openBroker } from '../../broker/open-broker.ts'
import { batchJobId, laneQueueName } from '../../broker/jobs.ts'
import { openLedger } from '../../ledger/open-ledger.ts'
import { UsageError } from '../../model.ts'
import { sendRequest } from '../../run/requests.ts'
import { findRun } from '../../run/list-runs.ts'
import { type RunRecord, runFolder, saveRunRecord } from '../../run/run-record.ts'
import type { Environment } from '../../app/environment.ts'
import { readEnvironment } from '../environment.ts'
import { homeOption, runArgument } from '../options.ts'
import { renderRun } from '../../app/report/render-run.ts'
import { isAtWork } from '../../app/runs/run-status.ts'

/** `rollcall pause <run>`: from another terminal, what Ctrl-C does in its own. */
export function pauseCommand(): Command {
  return new Command('pause')
    .description('pause a run that another process is at work on; resume goes on')
    .addArgument(runArgument())
    .addOption(homeOption())
    .action(async (name: string, options: { home?: string }) => {
      const environment = readEnvironment(options)
      const { run } = findRun(environment.home, name)
      if (!isAtWork(environment.home, run))
        throw new UsageError(`No process is at work on run ${run}: there is nothing to pause.`)
      await ask(environment, run, 'pause')
      process.stdout.write(`Run ${run} is paused. To go on: rollcall resume ${run}\n`)
    })
}

/** `rollcall cancel <run>`: what was sent stays sent, nothing further is. */
export function cancelCommand(): Command {
  return new Command('cancel')
    .description('end a run for good: nothing further is sent')
    .addArgument(runArgument())
    .addOption(homeOption())
    .action(async (name: string, options: { home?: string }) => {
      const environment = readEnvironment(options)
      const record = findRun(environment.home, name)
      if (record.state === 'finished' || record.state === 'cancelled') {
        throw new UsageError(`Run ${record.run} is ${record.state} already.`)
      }
      if (isAtWork(environment.home, record.run)) await ask(environment, record.run, 'cancel')
      else await cancelStopped(environment, record)
      process.stdout.write(`Run ${record.run} is cancelled. What was sent before stands; its reports tell.\n`)
    })
}

/** Asks the process at work, and waits until it has let go of the run. */
async function ask({ home }: Environment, run: string, what: 'pause' | 'cancel'): Promise<void> {
  sendRequest(runFolder(home, run).request, { kind: what })
  while (isAtWork(home, run)) await delay(200)
}

/** A run that nobody works on: its jobs are taken off the queues, and its reports say so. */
async function cancelStopped(environment: Environment, record: RunRecord): Promise<void> {
  const { home } = environment
  const ledger = openLedger(runFolder(home, record.run).ledger, { readOnly: true })
  const broker = await openBroker(environment)
  try {
    await broker.setRunState(record.run, 'cancelled')
    for (const { lane, batch } of ledger.openBatches()) {
      await broker.queue(laneQueueName(record.account, lane)).remove(batchJobId(record.run, lane, batch))
    }
    const cancelled: RunRecord = { ...record, state: 'cancelled', finishedAt: new Date().toISOString() }
    saveRunRecord(home, cancelled)
    await renderRun(home, cancelled, ledger)
  } finally {
    await broker.close()
    ledger.close()
  }
}
