import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'

export interface Arrival {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

export interface TestServer extends AsyncDisposable {
  readonly url: string
  readonly arrivals: readonly Arrival[]
  /** The arrivals at the token endpoint, and the others. */
  readonly tokens: readonly Arrival[]
  readonly calls: readonly Arrival[]
}

type Answer = (arrival: Arrival, response: ServerResponse) => void | Promise<void>

const tokenPath = '/v3/oauth/token/generate'

/** A real HTTP server on loopback that keeps what arrived; each request is answered by `answer`. */
export async function startServer(answer: Answer, answerToken: Answer = giveTokens()): Promise<TestServer> {
  const arrivals: Arrival[] = []
  const server: Server = createServer((request, response) => void serve(request, response))
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request
    const arrival = { method, url, headers, body: await text(request) }
    arrivals.push(arrival)
    await (url.endsWith(tokenPath) ? answerToken(arrival, response) : answer(arrival, response))
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    arrivals,
    get tokens() {
      return arrivals.filter(({ url }) => url.endsWith(tokenPath))
    },
    get calls() {
      return arrivals.filter(({ url }) => !url.endsWith(tokenPath))
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** Tokens t1, t2, … with a lifetime in seconds. */
export function giveTokens(lifetime: object = { ttlSeconds: 300 }): Answer {
  let given = 0
  return (_arrival, response) => {
    given += 1
    send(response, 200, { data: { accessToken: `t${given}`, ...lifetime }, errors: null })
  }
}

export function send(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}
