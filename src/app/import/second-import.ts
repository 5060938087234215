import { commandOf } from '../../typed-commands.ts'
import { UsageError } from '../../model.ts'
import { readRuns } from '../../run/list-runs.ts'
import type { RunRecord } from '../../run/run-record.ts'
import type { Listener } from '../events.ts'

/**
 * The same file under the same plan, by accident: nobody wants that. Throws a UsageError that names the run which has
 * imported it, or is importing it.
 */
export function refuseSecondImport(home: string, { sha256, planSha256, account, limit }: RunRecord): void {
  const before = readRuns(home).records.findLast(
    (run) =>
      run.sha256 === sha256 &&
      run.planSha256 === planSha256 &&
      run.account === account &&
      run.state !== 'cancelled' &&
      // A rerun sends some of the rows; that of a mended file sends all of that one.
      (run.rerunOf === undefined || run.mended === true) &&
      run.verifies === undefined &&
      // A trial over the first rows does not stand in the way of the whole file.
      (run.limit === undefined || run.limit === limit),
  )
  if (before === undefined) return
  const how =
    before.state === 'finished'
      ? `was imported under this plan already, by run ${before.run}. To send it again all the same, add --again; ` +
        `for the rows that did not succeed, there is \`${commandOf('rerun', before.run)}\`.`
      : `is being imported under this plan by run ${before.run}, which is not finished. \`${commandOf('resume', before.run)}\` goes on with it; --again starts anew.`
  throw new UsageError(`This very file ${how}`)
}

/** Of a run that cannot be read, nobody knows whether it is over the same file. */
export function reportUnreadable(home: string, on: Listener): void {
  for (const { run, why } of readRuns(home).unreadable) on({ kind: 'run-unreadable', run, why })
}
