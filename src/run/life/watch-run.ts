import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { FolderGone } from '../../disk-error.ts'
import type { Broker } from '../../broker/broker.ts'
import { isBatchJob } from '../../broker/jobs.ts'
import { DamagedJob, findDamagedJobs } from '../../broker/damaged-jobs.ts'
import { recallJobs } from '../recall-jobs.ts'
import { type RunRequest, watchRequests } from '../requests.ts'
import type { OpenRun } from './open-run.ts'

const SWEEP_EVERY_MS = 3_000
const LOOK_EVERY_MS = 2_000

/**
 * Watches over a run while it is fed: for Ctrl-C, for what other processes ask of it, and for jobs that got lost.
 * Disposed of when nothing more is fed.
 */
export function watchRun({ options, ending, queue, recorder, untaken }: OpenRun): Disposable {
  const { broker, ledger, signal, broken } = options
  const watching = new DisposableStack()
  const onAbort = () => ending.endWith({ state: 'paused' })
  signal.addEventListener('abort', onAbort)
  watching.defer(() => signal.removeEventListener('abort', onAbort))
  if (signal.aborted) onAbort()
  const onBroken = () => ending.fail(broken.reason)
  broken.addEventListener('abort', onBroken)
  watching.defer(() => broken.removeEventListener('abort', onBroken))
  if (broken.aborted) onBroken()
  const onRequest = (request: RunRequest) => {
    if (request.kind === 'pace') {
      options.onPace(request.lane, request.rpm)
      queue.setPace(request.lane, request.rpm)
      ledger.write({ events: [{ kind: 'limit', at: Date.now(), lane: request.lane, rpm: request.rpm }] })
    } else ending.endWith({ state: request.kind === 'cancel' ? 'cancelled' : 'paused' })
  }
  const requests = watchRequests(options.requestFile, { onRequest, onFault: (error) => ending.fail(error) })
  watching.defer(() => clearInterval(requests))
  const folder = dirname(options.requestFile)
  const looking = setInterval(() => {
    // SQLite would go on writing into a file that has no name any more.
    if (!existsSync(folder)) ending.fail(new FolderGone(folder))
  }, LOOK_EVERY_MS)
  watching.defer(() => clearInterval(looking))
  const batches = findDamagedJobs(broker, isBatchJob)
  const sweep = repeatOnRedis(broker, options.onError, async () => {
    for (const { id } of await batches.look(queue.jobs())) options.onError(new DamagedJob(id))
    await recorder.throwAway()
    // A worker may have put a job aside at the very moment at which the run went on.
    await recallJobs(options, { evenDelayed: false })
    if (await recorder.busy()) return
    untaken.see(await queue.findLost(), performance.now())
    await options.onUntaken(untaken.lanes(performance.now()))
  })
  watching.defer(() => clearInterval(sweep))
  return watching
}

/** Only on Redis are there workers elsewhere, and jobs that get lost; the embedded broker's are on this machine's disk. */
function repeatOnRedis(
  broker: Broker,
  onError: (error: Error) => void,
  look: () => Promise<void>,
): NodeJS.Timeout | undefined {
  if (broker.kind === 'embedded') return undefined
  let looking = false
  const lookOnce = async () => {
    if (looking) return
    looking = true
    try {
      await look()
    } catch (error) {
      onError(error instanceof Error ? error : new Error(String(error)))
    } finally {
      looking = false
    }
  }
  return setInterval(() => void lookOnce(), SWEEP_EVERY_MS)
}
