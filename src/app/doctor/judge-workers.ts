import type { WorkerAtWork } from '../../broker/worker-registry.ts'
import { formatCount, plural } from '../../words.ts'
import type { Finding } from './finding.ts'

/** Whether those who work for an account (all of them, where it is not known) are of the version that an import would be. */
export function judgeWorkers(
  workers: readonly WorkerAtWork[],
  { account, version }: { readonly account: string | undefined; readonly version: string },
): Finding {
  const own = workers.filter((worker) => account === undefined || worker.account === account)
  if (own.length === 0)
    return { name: 'workers', state: 'ok', message: 'Nobody works yet: an import brings its own worker.' }
  const others = own.filter((worker) => worker.version !== version)
  const who = `${plural(own.length, 'process').replace('processs', 'processes')} at work for this account`
  if (others.length === 0) return { name: 'workers', state: 'ok', message: `${who}, of this version (${version}).` }
  const versions = [...new Set(others.map((worker) => worker.version))].toSorted().join(', ')
  const places = others.map(({ host, pid }) => `${host}, process ${pid}`).join('; ')
  return {
    name: 'workers',
    state: 'warned',
    message: `${who}, ${formatCount(others.length)} of another version (${versions}) than this one (${version}): ${places}.`,
    remedy: 'Update rollcall there, and start them again.',
  }
}
