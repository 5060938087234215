import { Agent } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import { Queue, Worker } from 'bullmq'
import got from 'got'
import { Redis } from 'ioredis'
import { basicAuthorization } from '../../src/capillary/credentials.ts'
import type { ApiRequest } from '../../src/capillary/exchange.ts'
import type { LaneName } from '../../src/model.ts'
import { requestsOf } from '../support/api-requests.ts'

/** What the worker is given, as JSON in its argument. */
export interface BullmqLimiterArgument {
  readonly lane: LaneName
  readonly file: string
  readonly plan: string
  readonly baseUrl: string
  readonly username: string
  readonly password: string
  readonly redisUrl: string
  readonly limit: number
  readonly minuteMs: number
  /** Jobs at a time. */
  readonly concurrency: number
  /** Whether it puts the jobs onto the queue, all at once but for the first; that one so many milliseconds before. */
  readonly addsJobs: boolean
  readonly firstAloneMs: number
}

/** One request a job, paced by BullMQ's own limiter: until it is killed. Says `ready` when it waits for jobs. */
async function workForEver(argument: BullmqLimiterArgument): Promise<void> {
  const { baseUrl, username, password, redisUrl, limit, minuteMs, concurrency } = argument
  const connection = new Redis(redisUrl, { maxRetriesPerRequest: null })
  const authorization = basicAuthorization(username, password)
  const agent = { http: new Agent({ keepAlive: true, maxSockets: 256, scheduling: 'lifo' }) }
  const post = got.extend({ method: 'POST', agent, retry: { limit: 0 }, throwHttpErrors: false })
  const worker = new Worker<ApiRequest>(
    QUEUE,
    async ({ data: { path, headers, body } }) => {
      const url = `${baseUrl}${path}`
      await post(url, {
        headers: { ...headers, 'content-type': 'application/json', authorization },
        body: JSON.stringify(body),
      })
    },
    { connection, concurrency, limiter: { max: limit, duration: minuteMs }, removeOnComplete: { count: 0 } },
  )
  await worker.waitUntilReady()
  process.stdout.write('ready\n')
  if (!argument.addsJobs) return
  const queue = new Queue<ApiRequest>(QUEUE, { connection })
  const [first, ...others] = (await requestsOf(argument)).map((data) => ({ name: 'request', data }))
  if (first !== undefined) await queue.addBulk([first])
  await delay(argument.firstAloneMs)
  await queue.addBulk(others)
}

const QUEUE = 'requests'

await workForEver(JSON.parse(process.argv[2] ?? '') as BullmqLimiterArgument)
