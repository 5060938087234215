import { Cluster } from 'ioredis'
import { evictionWords } from './eviction.ts'
import type { RedisConnection } from './redis-connection.ts'

/** What is not as it should be with how Redis is set up, a sentence each. Nothing where it does not tell. */
export async function adviseRedis(connection: RedisConnection): Promise<string[]> {
  try {
    const nodes = connection instanceof Cluster ? connection.nodes('master') : [connection]
    const infos = await Promise.all(nodes.map((node) => node.info()))
    const policies = infos.flatMap((info) => /^maxmemory_policy:(\S+)/m.exec(info)?.[1] ?? [])
    const [evicts] = policies.flatMap((policy) => evictionWords(policy) ?? [])
    return [
      ...(evicts === undefined ? [] : [`Redis ${evicts.harm}: ${evicts.remedy}.`]),
      ...ADVICE.filter(({ sign }) => infos.some((info) => sign.test(info))).map(({ sentence }) => sentence),
    ]
  } catch {
    return []
  }
}

// INFO tells as much as CONFIG here, and is allowed where CONFIG is not.
const ADVICE = [
  {
    sign: /^aof_enabled:0/m,
    sentence:
      'Redis may forget jobs when it restarts (appendonly is off). ' +
      'No row is lost by that, but the requests in flight may be sent twice: set appendonly to yes.',
  },
]
