import { Cluster, Redis, type RedisOptions } from 'ioredis'
import { UsageError } from '../model.ts'
import { type RedisAddress, readRedisUrl, withoutPassword } from './redis-address.ts'

export type RedisConnection = Redis | Cluster

/**
 * Connects to what REDIS_URL says. Commands wait for as long as Redis is away: an import outlives its restart.
 * Throws a UsageError where the URL is wrong, or nobody answers within five seconds.
 */
export async function connectRedis(url: string): Promise<RedisConnection> {
  const address = readRedisUrl(url)
  const connection = address.kind === 'cluster' ? openCluster(address) : openSingle(address)
  let lastError: Error | undefined
  connection.on('error', (error: Error) => (lastError = error))
  connection.on('sentinelError', (error: Error) => (lastError = error))
  try {
    await withTimeout(connection.connect(), CONNECT_TIMEOUT_MS)
  } catch (error) {
    connection.disconnect()
    throw new UsageError(
      `Redis at ${withoutPassword(url)} does not answer (${reasonOf(lastError ?? error)}). ` +
        'Start it, mend REDIS_URL, or leave REDIS_URL away to use the embedded broker.',
    )
  }
  return connection
}

/** Calls `tell` with a sentence when the connection is lost, and without when it is back; not twice for one of them. */
export function watchConnection(connection: RedisConnection, tell: (lost: string | undefined) => void): void {
  let lost = false
  const change = (now: boolean) => {
    if (lost === now) return
    lost = now
    tell(now ? 'the connection to Redis is lost; trying again until it is back' : undefined)
  }
  connection.on('close', () => change(true))
  connection.on('ready', () => change(false))
  if (connection instanceof Cluster) watchNodes(connection, change)
}

/** Any key of ours tells whether the Cluster serves us: they all lie on the same node. */
function watchNodes(cluster: Cluster, change: (lost: boolean) => void): void {
  let asking = false
  cluster.on('-node', () => {
    if (asking) return
    asking = true
    const timer = setTimeout(() => change(true), NODE_PATIENCE_MS)
    cluster
      .exists(`${PREFIX}:any`)
      .then(() => change(false))
      // Then the whole Cluster is away, which it says itself.
      .catch(() => {})
      .finally(() => {
        clearTimeout(timer)
        asking = false
      })
  })
}
