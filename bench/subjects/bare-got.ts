import { Agent } from 'node:http'
import { readFileSync } from 'node:fs'
import got from 'got'
import { basicAuthorization } from '../../src/capillary/credentials.ts'
import type { ApiRequest } from '../../src/capillary/exchange.ts'
import { linkRequest, registerRequest } from '../../src/capillary/requests.ts'
import type { LaneName, LinkRequest } from '../../src/model.ts'
import { compilePlan } from '../../src/plan/compile-plan.ts'
import { loadPlan } from '../../src/plan/load-plan.ts'
import { openSource } from '../../src/source/open-source.ts'

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

async function requestsOf({ lane, file, plan }: BareGotArgument): Promise<readonly ApiRequest[]> {
  const source = await openSource(file)
  const loaded = loadPlan(readFileSync(plan, 'utf8'), plan)
  const compiled = compilePlan(loaded, source.columns)
  const requests: ApiRequest[] = []
  let links: LinkRequest[] = []
  for await (const rows of source.chunks()) {
    for (const row of rows) {
      const rendered = compiled.render(row)
      if (rendered.kind !== 'requests') throw new Error(`row ${row.row} is ${rendered.kind}: ${rendered.message}`)
      if (lane === 'register' && rendered.register !== undefined) requests.push(registerRequest(rendered.register))
      if (lane === 'link' && rendered.link !== undefined) links.push(rendered.link)
      if (links.length === loaded.link?.batch) {
        requests.push(linkRequest(links))
        links = []
      }
    }
  }
  if (links.length > 0) requests.push(linkRequest(links))
  await source.close()
  return requests
}

const argument = JSON.parse(process.argv[2] ?? '') as BareGotArgument
process.stdout.write(JSON.stringify(await sendAll(argument)))
