import type { Cluster, Redis, RedisOptions } from 'ioredis'
import { UsageError } from '../model.ts'
import { PatientCluster, type PatientConnection, PatientRedis, reconnectNowAndThen } from './patient-redis.ts'
import { type RedisAddress, readRedisUrl, withoutPassword } from './redis-address.ts'
import { refusalOnConnect } from './redis-greeting.ts'
import { loginError } from './redis-refusal.ts'

export type RedisConnection = Redis | Cluster

/**
 * Connects to what REDIS_URL says. Commands wait for as long as Redis is away: an import outlives its restart.
 * Throws a UsageError where the URL is wrong, or nobody answers within five seconds.
 */
export async function connectRedis(url: string): Promise<PatientConnection> {
  const address = readRedisUrl(url)
  const connection = address.kind === 'cluster' ? openCluster(address) : openSingle(address)
  let lastError: Error | undefined
  connection.on('error', (error: Error) => (lastError = error))
  connection.on('sentinelError', (error: Error) => (lastError = error))
  try {
    await withTimeout(connection.connect(), CONNECT_TIMEOUT_MS)
  } catch (error) {
    connection.disconnect()
    const where = withoutPassword(url)
    const login = loginError(lastNodeError(lastError ?? error), where)
    throw (
      login ??
      loginError(await refusalOnConnect(address), where) ??
      new UsageError(
        `Redis at ${where} does not answer (${reasonOf(lastError ?? error)}). ` +
          'Start it, mend REDIS_URL, or leave REDIS_URL away to use the embedded broker.',
      )
    )
  }
  return connection
}

const CONNECT_TIMEOUT_MS = 5_000

function openSingle(address: RedisAddress): PatientRedis {
  const { kind, tls, hosts, database, master, sentinel } = address
  const options: Omit<RedisOptions, 'replyMapping'> = {
    ...common(address),
    db: database,
    lazyConnect: true,
    retryStrategy: retryAfterMs,
  }
  if (kind === 'single') return new PatientRedis({ ...options, ...hosts[0] })
  return new PatientRedis({
    ...options,
    sentinels: [...hosts],
    name: master,
    sentinelUsername: sentinel?.username,
    sentinelPassword: sentinel?.password,
    ...(tls && { enableTLSForSentinelMode: true, sentinelTLS: TLS }),
  })
}

function openCluster(address: RedisAddress): PatientCluster {
  return new PatientCluster([...address.hosts], {
    redisOptions: { ...common(address), reconnectOnError: reconnectNowAndThen() },
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
  return {
    username,
    password,
    maxRetriesPerRequest: null,
    keepAlive: KEEP_ALIVE_MS,
    socketTimeout: SILENT_SOCKET_MS,
    ...(tls && { tls: TLS }),
  }
}

const KEEP_ALIVE_MS = 10_000
/** A connection that owes an answer for so long is given up, and another is made. A worker waits 10 seconds for a job. */
const SILENT_SOCKET_MS = 13_000

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

function reasonOf(error: unknown): string {
  const last = lastNodeError(error)
  return last instanceof Error ? last.message : String(last)
}

/** Of a Cluster, what its last node said says more than that all failed. */
export function lastNodeError(error: unknown): unknown {
  return error instanceof Error && 'lastNodeError' in error ? error.lastNodeError : error
}
