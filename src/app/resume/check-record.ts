import { existsSync } from 'node:fs'
import { accountId } from '../../capillary/credentials.ts'
import { UsageError } from '../../model.ts'
import { type RunRecord, runFolder } from '../../run/run-record.ts'
import { hashFiles } from '../../source/hash-file.ts'
import type { Environment } from '../environment.ts'
import { filesOf } from '../input/open-input.ts'

/** A run's file is gone, or is no longer what it was: its rows would be others. */
export class OtherFile extends UsageError {
  override name = 'OtherFile'
}

/** Throws OtherFile. */
export async function checkFile(record: RunRecord): Promise<void> {
  const paths = filesOf(record).map(({ path }) => path)
  const gone = paths.find((path) => !existsSync(path))
  if (gone !== undefined) {
    throw new OtherFile(`A file of run ${record.run} is gone: ${gone}. Put it back there, and try again.`)
  }
  if ((await hashFiles(paths)) === record.sha256) return
  const which = paths.length === 1 ? `${record.file} has` : `A file among ${paths.join(', ')} has`
  throw new OtherFile(
    `${which} changed since run ${record.run} began, so its rows are no longer the same rows. ` +
      'Put the file back as it was and try again, or import the new file.',
  )
}

/**
 * Throws a UsageError where the ledger of a run is gone: its rows would be sent again. One that was broken off may not have
 * come to have one.
 */
export function checkLedger({ run, state, hasLedger }: RunRecord, home: string): void {
  const { ledger } = runFolder(home, run)
  if ((state === 'running' && hasLedger !== true) || existsSync(ledger)) return
  throw new UsageError(
    `The ledger of run ${run} is gone (${ledger}), and with it what became of its rows: they would be sent again. Put it ` +
      'back from a backup; or import the file anew with --again: members who are there already are found to be.',
  )
}

/** Throws a UsageError where the environment names another account than the run was started for. */
export function checkAccount(record: RunRecord, environment: Environment): void {
  const { baseUrl, credentials } = environment.api()
  if (accountId(baseUrl, credentials) === record.account) return
  throw new UsageError(
    `Run ${record.run} was started for another account, at ${record.baseUrl}: set ROLLCALL_BASE_URL and the key or username as they were then.`,
  )
}
