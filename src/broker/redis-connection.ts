import { Cluster, Redis, type RedisOptions } from 'ioredis'
import { UsageError } from '../model.ts'
import { PREFIX } from './job-options.ts'
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

/** In that time a node that only went away on purpose has been replaced. */
const NODE_PATIENCE_MS = 300

const CONNECT_TIMEOUT_MS = 5_000

function openSingle(address: RedisAddress): Redis {
  const { kind, tls, hosts, database, master, sentinel } = address
  const options: RedisOptions = { ...common(address), db: database, lazyConnect: true, retryStrategy: retryAfterMs }
  if (kind === 'single') return new Redis({ ...options, ...hosts[0] })
  return new Redis({
    ...options,
    sentinels: [...hosts],
    name: master,
    sentinelUsername: sentinel?.username,
    sentinelPassword: sentinel?.password,
    // Taking the old one's place can leave us on a server that no longer takes writes: look for the new one, and ask it again.
    reconnectOnError: (error) => (error.message.startsWith('READONLY') ? 2 : false),
    ...(tls && { enableTLSForSentinelMode: true, sentinelTLS: TLS }),
  })
}

function openCluster(address: RedisAddress): Cluster {
  return new Cluster([...address.hosts], {
    redisOptions: common(address),
    lazyConnect: true,
    clusterRetryStrategy: retryAfterMs,
    // The check fails during a failover, and then ioredis leaves whoever waits for the connection waiting for ever: a
    // worker would take no further job. Without it, commands are sent again until the Cluster takes them.
    enableReadyCheck: false,
    // Here a command that waits for a failover counts each try as a redirection.
    maxRedirections: Number.MAX_SAFE_INTEGER,
    // A certificate is for the name that the Cluster announces, not for the address behind it.
    ...(address.tls && { dnsLookup: (name, answer) => answer(null, name) }),
  })
}

function common({ username, password, tls }: RedisAddress) {
  return { username, password, maxRetriesPerRequest: null, ...(tls && { tls: TLS }) }
}

/** Nothing in the environment may switch the check of certificates off. */
const TLS = { rejectUnauthorized: true }

function retryAfterMs(times: number): number {
  return Math.min(50 * 2 ** Math.min(times, 5), 1_000)
}

async function withTimeout<T>(promise: Promise<T>, ms: number): Promise<T> {
  const { promise: timeout, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no connection within ${ms / 1000} seconds`)), ms)
  try {
    return await Promise.race([promise, timeout])
  } finally {
    clearTimeout(timer)
  }
}

/** Of a Cluster, what its last node said says more than that all failed. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'lastNodeError' in error ? reasonOf(error.lastNodeError) : error.message
}
