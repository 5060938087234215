import { existsSync, realpathSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import type { Broker } from '../../broker/broker.ts'
import { claimSession } from '../../broker/run-sessions.ts'
import type { Ledger } from '../../ledger/ledger.ts'
import { UsageError } from '../../model.ts'
import type { Listener } from '../events.ts'

export interface RunClaim {
  readonly run: string
  /** The run's folder. */
  readonly folder: string
  readonly ledger: Pick<Ledger, 'meta'>
  readonly broker: Broker
  readonly on: Listener
}

/** What a ledger remembers of the sessions that worked with it. */
interface Sessions {
  readonly sessions: number
  readonly host: string
  readonly path: string
}

/**
 * Notes that a session of a run begins here. Throws a UsageError where the run's folder is a copy of another that is there
 * as well, or was gone on with: what the other was answered does not stand here, and rows would be sent again.
 */
export async function claimRun({ run, folder, ledger, broker, on }: RunClaim): Promise<void> {
  const last = ledger.meta.get('sessions') as Sessions | undefined
  const known = last?.sessions ?? 0
  const [host, path] = [hostname(), realpathSync(folder)]
  if (last !== undefined && (last.path !== path || last.host !== host)) {
    if (last.host === host && isThere(last.path, folder)) throw elsewhereError(run, last.path)
    on({ kind: 'run-moved', run, host: last.host, path: last.path })
  }
  // The ledger first: what the broker alone knew of would look like a session elsewhere.
  ledger.meta.set('sessions', { sessions: known + 1, host, path })
  const elsewhere = await claimSession(broker, { run, known, place: `${path} on ${host}` })
  if (elsewhere === undefined) return
  if (last !== undefined) ledger.meta.set('sessions', { ...last })
  throw elsewhereError(run, elsewhere)
}

/** Whether the run has another folder there: not this one by another name. */
function isThere(path: string, folder: string): boolean {
  if (!existsSync(join(path, 'run.json'))) return false
  const [there, here] = [statSync(path), statSync(folder)]
  return there.ino !== here.ino || there.dev !== here.dev
}

function elsewhereError(run: string, place: string): UsageError {
  return new UsageError(
    `Run ${run} was worked on in ${place}, and this folder is a copy of that one: what was answered there does not stand ` +
      'here, and rows would be sent twice. Go on there; or, if that one is to be given up, delete it and import the file ' +
      'anew with --again: members who are there already are found to be.',
  )
}
