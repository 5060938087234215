import { Agent } from 'node:http'
import got from 'got'
import { basicAuthorization } from '../../src/capillary/credentials.ts'
import type { LaneName } from '../../src/model.ts'
import { requestsOf } from '../support/api-requests.ts'

/** What the loop is given, as JSON in its argument. */
export interface BareGotArgument {
  readonly lane: LaneName
  readonly file: string
  readonly plan: string
  readonly baseUrl: string
  readonly username: string
  readonly password: string
  readonly concurrency: number
}

/** What it prints. */
export interface BareGotResult {
  readonly requests: number
  /** From the first request to the last, as a run's summary counts. */
  readonly sendingMs: number
}

/**
 * Sends the requests that rollcall would send for a file, with got alone: their texts are ready before the first one
 * leaves, nobody looks at the replies beyond their status, and nothing is written down.
 */
async function sendAll(argument: BareGotArgument): Promise<BareGotResult> {
  const { baseUrl, username, password, concurrency } = argument
  const authorization = basicAuthorization(username, password)
  const messages = (await requestsOf(argument)).map(({ path, headers, body }) => ({
    url: `${baseUrl}${path}`,
    headers: { ...headers, 'content-type': 'application/json', authorization },
    body: JSON.stringify(body),
  }))
  const agent = { http: new Agent({ keepAlive: true, maxSockets: 256, scheduling: 'lifo' }) }
  const post = got.extend({
    method: 'POST',
    agent,
    retry: { limit: 0 },
    throwHttpErrors: false,
    headers: { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'rollcall' },
  })
  let next = 0
  let firstAt = 0
  let lastAt = 0
  async function sendInTurn(): Promise<void> {
    for (let message = messages[next++]; message !== undefined; message = messages[next++]) {
      const { url, ...options } = message
      lastAt = performance.now()
      firstAt ||= lastAt
      const { statusCode } = await post(url, options)
      if (statusCode >= 300) throw new Error(`the simulator answered ${statusCode}`)
    }
  }
  await Promise.all(Array.from({ length: concurrency }, sendInTurn))
  agent.http.destroy()
  return { requests: messages.length, sendingMs: lastAt - firstAt }
}

const argument = JSON.parse(process.argv[2] ?? '') as BareGotArgument
process.stdout.write(JSON.stringify(await sendAll(argument)))
