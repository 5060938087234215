import { Cluster, type Redis } from 'ioredis'
import { connectRedis } from './redis-connection.ts'

/** How a Redis, or the masters of a Cluster together, are set up and do. */
export interface RedisFacts {
  /** `Redis`, `Valkey`. */
  readonly server: string
  /** The lowest of theirs; undefined where they do not tell. */
  readonly version: string | undefined
  readonly nodes: number
  /** Whether what follows was told: INFO may be forbidden. */
  readonly told: boolean
  readonly replica: boolean
  readonly policies: readonly string[]
  readonly appendOnly: boolean
  /** Of the one that is fullest; `maxBytes` 0: without limit. */
  readonly usedBytes: number
  readonly maxBytes: number
  /** How long each of some PINGs took, in milliseconds. */
  readonly latenciesMs: readonly number[]
}

const PINGS = 20

/** Connects, asks, and lets go. Throws a UsageError where the URL is wrong, or Redis does not answer. */
export async function readRedisFacts(url: string): Promise<RedisFacts> {
  const connection = await connectRedis(url)
  try {
    const nodes: readonly Redis[] = connection instanceof Cluster ? connection.nodes('master') : [connection]
    const latenciesMs: number[] = []
    for (let at = 0; at < PINGS; at += 1) {
      const since = performance.now()
      await nodes[at % nodes.length]?.ping()
      latenciesMs.push(performance.now() - since)
    }
    const infos = await Promise.all(nodes.map((node) => node.info().catch(() => '')))
    return { ...factsOf(infos), latenciesMs }
  } finally {
    connection.disconnect()
  }
}

/** The facts that stand in what INFO says, of each node. */
export function factsOf(infos: readonly string[]): Omit<RedisFacts, 'latenciesMs'> {
  const nodes = infos.map((info) => (name: string) => new RegExp(`^${name}:(.*?)\\r?$`, 'm').exec(info)?.[1])
  const all = (name: string) => nodes.flatMap((node) => node(name) ?? [])
  const valkey = all('valkey_version')
  const versions = valkey.length > 0 ? valkey : all('redis_version')
  const [lowest] = versions.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
  const memories = nodes.map((node) => ({
    usedBytes: Number(node('used_memory') ?? 0),
    maxBytes: Number(node('maxmemory') ?? 0),
  }))
  const shareOf = ({ usedBytes, maxBytes }: (typeof memories)[number]) => (maxBytes === 0 ? 0 : usedBytes / maxBytes)
  const [fullest = { usedBytes: 0, maxBytes: 0 }] = memories.toSorted((a, b) => shareOf(b) - shareOf(a))
  return {
    server: valkey.length > 0 ? 'Valkey' : 'Redis',
    version: lowest,
    nodes: infos.length,
    told: lowest !== undefined,
    replica: all('role').includes('slave'),
    policies: all('maxmemory_policy'),
    appendOnly: all('aof_enabled').every((enabled) => enabled === '1'),
    ...fullest,
  }
}
