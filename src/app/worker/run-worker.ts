import { once } from 'node:events'
import { createClient } from '../../capillary/client.ts'
import { accountId } from '../../capillary/credentials.ts'
import { type LaneName, UsageError } from '../../model.ts'
import { startWorkers } from '../../../workers/workers.ts'
import { accountTokens } from '../account-tokens.ts'
import type { Context } from '../context.ts'
import { enrolWorker } from '../workers/enrol-worker.ts'
import { watchOtherVersions } from '../workers/other-versions.ts'
import { keepAliveFile, writeAliveFile } from './alive-file.ts'
import { openOnceThereIsRoom } from './await-room.ts'
import { reportBrokerErrors } from '../session/broker-errors.ts'

export interface WorkerRequest {
  readonly lanes: readonly LaneName[]
  /** A file that is written every five seconds while Redis answers. */
  readonly aliveFile?: string
}

/**
 * Sends what runs anywhere have dispatched for the environment's account, until it is stopped: the requests in flight end
 * then, the rest is handed back. Throws a UsageError where there is no Redis or no account.
 */
export async function runWorker({ lanes, aliveFile }: WorkerRequest, context: Context): Promise<void> {
  const { environment, on, signal } = context
  if (environment.redisUrl === undefined) {
    throw new UsageError('A worker takes its jobs from Redis: set REDIS_URL to the one that the imports use.')
  }
  if (aliveFile !== undefined) writeAliveFile(aliveFile)
  const { baseUrl, credentials } = environment.api()
  const account = accountId(baseUrl, credentials)
  const onError = reportBrokerErrors(on)
  {
    await using open = new AsyncDisposableStack()
    const watched = await openOnceThereIsRoom(context)
    if (watched === undefined) return
    const { broker } = open.use(watched)
    const tokens = accountTokens(broker, account, credentials)
    const client = createClient({ baseUrl, credentials, tokens, proxies: environment.proxies })
    open.defer(() => client.close())
    for (const text of await broker.advice()) on({ kind: 'broker-advice', text })
    open.use(watchOtherVersions({ broker, account, on }))
    const workers = startWorkers({
      broker,
      client,
      account,
      lanes,
      minuteMs: environment.minuteMs,
      onError,
      onWork: on,
    })
    open.defer(() => workers.close())
    open.adopt(enrolWorker(broker, { account, baseUrl, lanes }), (enrolment) => enrolment.end())
    on({ kind: 'worker-started', account, lanes })
    if (aliveFile !== undefined) keepAliveFile(aliveFile, broker, signal).catch(onError)
    if (!signal.aborted) await once(signal, 'abort')
    on({ kind: 'worker-stopping' })
  }
  on({ kind: 'worker-stopped' })
}
