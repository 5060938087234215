import { Cluster } from 'ioredis'
import type { RedisConnection } from './redis-connection.ts'

/** What is not as it should be with how Redis is set up, a sentence each. Nothing where it does not tell. */
export async function adviseRedis(connection: RedisConnection): Promise<string[]> {
  try {
    const nodes = connection instanceof Cluster ? connection.nodes('master') : [connection]
    const infos = await Promise.all(nodes.map((node) => node.info()))
    return ADVICE.filter(({ sign }) => infos.some((info) => sign.test(info))).map(({ sentence }) => sentence)
  } catch {
    return []
  }
}

// INFO tells as much as CONFIG here, and is allowed where CONFIG is not.
const ADVICE = [
  {
    sign: /^maxmemory_policy:(?!noeviction)/m,
    sentence:
      'Redis may forget jobs when its memory is full (maxmemory-policy is not noeviction). ' +
      'No row is lost by that, but it is slow, and rows may be sent twice: set maxmemory-policy to noeviction.',
  },
  {
    sign: /^aof_enabled:0/m,
    sentence:
      'Redis may forget jobs when it restarts (appendonly is off). ' +
      'No row is lost by that, but the requests in flight may be sent twice: set appendonly to yes.',
  },
]
