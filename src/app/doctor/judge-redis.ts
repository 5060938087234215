import { evictionWords } from '../../broker/eviction.ts'
import type { RedisFacts } from '../../broker/redis-facts.ts'
import { formatBytes, formatShare } from '../../words.ts'
import { type Finding, findingsOf } from './finding.ts'

type Part = Omit<Finding, 'name'>

/** How a Redis is set up, against what an import asks of it. */
export function judgeRedis(facts: RedisFacts): readonly Finding[] {
  return findingsOf('redis', [
    judgeVersion(facts),
    ...(facts.replica ? [replica] : []),
    ...(facts.told ? [judgeEviction(facts), judgeAppendOnly(facts), judgeMemory(facts)] : [untold]),
    judgeLatency(facts),
  ])
}

/** What BullMQ needs, and what it recommends. */
const LEAST_VERSION = [5, 0]
const GOOD_VERSION = [6, 2]

function judgeVersion({ server, version, nodes }: RedisFacts): Part {
  const where = nodes > 1 ? `, ${nodes} masters` : ''
  if (version === undefined) return { state: 'ok', message: `It answers${where}.` }
  const message = `${server} ${version}${where}.`
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isBelow = ([x = 0, y = 0]: readonly number[]) => major < x || (major === x && minor < y)
  if (isBelow(LEAST_VERSION)) return { state: 'failed', message, remedy: 'Queues need Redis 5 or later: update it.' }
  if (isBelow(GOOD_VERSION))
    return { state: 'warned', message, remedy: 'Redis 6.2 or later is recommended: update it.' }
  return { state: 'ok', message }
}

const replica: Part = {
  state: 'failed',
  message: 'It is a replica, which takes no writes.',
  remedy: 'Have REDIS_URL name the master, or its Sentinels.',
}

const untold: Part = {
  state: 'warned',
  message: 'It does not tell how it is set up.',
  remedy: 'See that appendonly is yes and maxmemory-policy is noeviction, or allow the command INFO.',
}

function judgeEviction({ policies }: RedisFacts): Part {
  const [evicts] = policies.flatMap((policy) => evictionWords(policy) ?? [])
  if (evicts === undefined) return { state: 'ok', message: 'Nothing is evicted.' }
  const { harm, remedy } = evicts
  return { state: 'warned', message: `It ${harm}.`, remedy: `${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}.` }
}

function judgeAppendOnly({ appendOnly }: RedisFacts): Part {
  if (appendOnly) return { state: 'ok', message: 'It keeps an append-only file.' }
  return {
    state: 'warned',
    message:
      'It may forget jobs when it restarts (appendonly is no): no row is lost by that, but the requests in flight may be sent twice.',
    remedy: 'Set appendonly to yes.',
  }
}

/** From this share on, what else is kept there may soon leave no room. */
const NEARLY_FULL = 0.8

function judgeMemory({ usedBytes, maxBytes }: RedisFacts): Part {
  if (maxBytes === 0) return { state: 'ok', message: `${formatBytes(usedBytes)} of memory used, without limit.` }
  const message = `${formatBytes(usedBytes)} of ${formatBytes(maxBytes)} of memory used (${formatShare(usedBytes / maxBytes)}).`
  if (usedBytes < maxBytes * NEARLY_FULL) return { state: 'ok', message }
  return { state: 'warned', message, remedy: 'Raise maxmemory, or take out what others keep there.' }
}

/** Above that, waiting for Redis is a good part of what a job takes. */
const SLOW_MS = 20

function judgeLatency({ latenciesMs }: RedisFacts): Part {
  const sorted = latenciesMs.toSorted((a, b) => a - b)
  const middle = sorted[Math.floor(sorted.length / 2)] ?? 0
  const message = `An answer takes ${middle < 10 ? middle.toFixed(1) : Math.round(middle)} ms.`
  if (middle < SLOW_MS) return { state: 'ok', message }
  return { state: 'warned', message, remedy: 'Work near Redis: each request waits for several answers of it.' }
}
