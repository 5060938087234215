import { once } from 'node:events'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What came of one request: whoever answers it says what. */
export interface Asked {
  readonly request: IncomingMessage
  readonly body: string
  /** All that was sent with it, and the credentials: in plain, base64, as URLs and as JSON write it. */
  readonly echo: string
  /** How often this very request came before. */
  readonly before: number
}

export interface Said {
  readonly status: number
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A host that repeats what it is told, and what it knows of the account. */
export interface EchoingApi {
  readonly url: string
  /** Tokens that it gave. */
  readonly tokens: readonly string[]
  close(): void
}

/** `secrets`: of the account. `token`: answers for the token endpoint where it gives none. */
export async function startEchoingApi(
  secrets: readonly string[],
  answer: (asked: Asked) => Said,
  token?: (asked: Asked) => Said,
): Promise<EchoingApi> {
  const tokens: string[] = []
  const seen = new Map<string, number>()
  const askedOf = (request: IncomingMessage, body: string): Asked => {
    const name = `${request.url} ${body}`
    const before = seen.get(name) ?? 0
    seen.set(name, before + 1)
    const sent = Object.entries(request.headers).flatMap(([header, value]) =>
      /^(?:x-cap|authorization)/.test(header) ? [String(value)] : [],
    )
    const echo = [...secrets, ...tokens, ...sent, ...leavesOf(body), body].flatMap(formsOf).join(' ')
    return { request, body, echo, before }
  }
  const reply = (asked: Asked): Said => {
    if (!asked.request.url?.startsWith('/v3/oauth')) return answer(asked)
    if (token !== undefined) return token(asked)
    const given = `canary+token/${tokens.length}==of-the-account`
    tokens.push(given)
    return { status: 200, body: JSON.stringify({ data: { accessToken: given, ttlSeconds: 600 }, errors: null }) }
  }
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const said = reply(askedOf(request, Buffer.concat(parts).toString()))
      response.writeHead(said.status, { 'content-type': 'application/json', ...said.headers }).end(said.body)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tokens,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** The forms in which a text may be repeated. */
export function formsOf(text: string): readonly string[] {
  const base64 = Buffer.from(text).toString('base64')
  return [text, base64, base64.replace(/=+$/, ''), encodeURIComponent(text), JSON.stringify(text).slice(1, -1)]
}

/** The texts of a JSON body. */
function leavesOf(body: string): readonly string[] {
  const found: string[] = []
  try {
    JSON.parse(body, (_name, value: unknown) => {
      if (typeof value === 'string') found.push(value)
      return value
    })
  } catch {
    // It holds none.
  }
  return found
}
