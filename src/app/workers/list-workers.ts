import { setTimeout as delay } from 'node:timers/promises'
import type { Broker } from '../../broker/broker.ts'
import { laneQueueName } from '../../broker/jobs.ts'
import { embeddedWorkers } from '../../broker/local-registry.ts'
import { openBroker } from '../../broker/open-broker.ts'
import { type QueueLoad, type RedisLoad, queueLoads, redisLoad } from '../../broker/redis-load.ts'
import type { WorkerAtWork } from '../../broker/worker-registry.ts'
import { accountId } from '../../capillary/credentials.ts'
import { laneNames } from '../../lanes/lanes.ts'
import { UsageError } from '../../model.ts'
import type { Environment } from '../environment.ts'

/** Who works on what, and what waits. */
export interface WorkersAndQueues {
  readonly broker: Broker['kind']
  /** The environment's account; undefined where it names none. */
  readonly account: string | undefined
  /** On the embedded broker, the process of an import of this home alone. */
  readonly workers: readonly WorkerAtWork[]
  /** The lane queues on Redis of all accounts that somebody works for, and of the environment's, with what is in them. */
  readonly queues: readonly QueueLoad[]
  readonly redis?: RedisLoad
}

/**
 * Who works at this moment: on the Redis of the environment, else with the embedded broker of its home. Throws a UsageError
 * where Redis does not answer within some seconds.
 */
export async function listWorkers(environment: Environment): Promise<WorkersAndQueues> {
  const account = accountOf(environment)
  const { home, redisUrl } = environment
  if (redisUrl === undefined) return { broker: 'embedded', account, workers: embeddedWorkers(home), queues: [] }
  await using stack = new AsyncDisposableStack()
  const broker = stack.adopt(await openBroker(environment), (opened) => opened.close())
  return await Promise.race([readRedis(broker, account), tooLate(broker)])
}

/** The same, as scripts and pages read it. */
export function workersAsJson({ workers, redis, ...rest }: WorkersAndQueues): object {
  return {
    ...rest,
    workers: workers.map(({ since, ...worker }) => ({ ...worker, since: new Date(since).toISOString() })),
    ...(redis !== undefined && { redis: { ...redis, maxBytes: redis.maxBytes ?? null } }),
  }
}

function accountOf(environment: Environment): string | undefined {
  try {
    const { baseUrl, credentials } = environment.api()
    return accountId(baseUrl, credentials)
  } catch (error) {
    if (error instanceof UsageError) return undefined
    throw error
  }
}

async function readRedis(broker: Broker, account: string | undefined): Promise<WorkersAndQueues> {
  const { redis } = broker
  const workers = await broker.registry.list()
  const accounts = new Set([...(account === undefined ? [] : [account]), ...workers.map((worker) => worker.account)])
  const names = [...accounts].flatMap((each) => laneNames.map((lane) => laneQueueName(each, lane)))
  const load = redis && (await redisLoad(redis))
  return {
    broker: broker.kind,
    account,
    workers,
    queues: redis === undefined ? [] : await queueLoads(redis, names),
    ...(load !== undefined && { redis: load }),
  }
}

/** Commands wait for as long as Redis is away; who only looks does not. */
async function tooLate(broker: Broker): Promise<never> {
  await delay(PATIENCE_MS, undefined, { ref: false })
  const why = broker.away() ?? 'Redis does not answer'
  broker.abandon()
  throw new UsageError(`${why}: it cannot be asked who works.`)
}

const PATIENCE_MS = 8_000
