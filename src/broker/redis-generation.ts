import { Cluster } from 'ioredis'
import type { RedisConnection } from './redis-connection.ts'

/**
 * Which life of its own this Redis is in, where it may go back in time by starting anew: without an append-only file it
 * comes back with its last snapshot, or empty. Undefined with such a file, with a Cluster (whose nodes stand in for each
 * other), and where it does not tell.
 */
export async function readGeneration(connection: RedisConnection): Promise<string | undefined> {
  if (connection instanceof Cluster) return undefined
  try {
    const [server, persistence] = await Promise.all([connection.info('server'), connection.info('persistence')])
    if (/^aof_enabled:1/m.test(persistence)) return undefined
    return /^run_id:(\w+)/m.exec(server)?.[1]
  } catch {
    return undefined
  }
}
