import type { ClientRequest } from 'node:http'
import got, { RequestError } from 'got'
import type { Response } from 'got'
import { cleanWords } from '../outside/clean-words.ts'
import { createAgents } from '../proxy/agents.ts'
import { type Proxies, nameOfProxy, proxyFor } from '../proxy/proxies.ts'
import { TUNNEL_ERROR, asksForLogin, tunnelAnswer } from '../proxy/tunnel-error.ts'
import type { Fault, Reply } from './exchange.ts'
import { unpackReply } from './unpack-reply.ts'

export interface TransportOptions {
  /** To look up the name, connect, and agree on TLS: each. */
  readonly connectMs: number
  /** From the request's start to the reply's last byte. */
  readonly replyMs: number
  readonly maxSockets: number
  /** A longer reply is a fault. */
  readonly maxReplyBytes: number
  readonly proxies: Proxies
}

export interface Message {
  readonly method: 'GET' | 'POST' | 'PUT'
  readonly url: string
  readonly headers: Record<string, string>
  readonly body?: string
}

/** Puts one message on the wire. Never throws, and follows and retries nothing. */
export interface Transport {
  send(message: Message, signal?: AbortSignal): Promise<Reply | Fault>
  close(): void
}

const replyHeaders = ['date', 'location', 'retry-after'] as const

export function createTransport(options: TransportOptions): Transport {
  const { connectMs, replyMs, maxSockets, maxReplyBytes, proxies } = options
  const agent = createAgents(proxies, { keepAlive: true, maxSockets, scheduling: 'lifo', tunnelMs: connectMs })
  const request = got.extend({
    agent,
    followRedirect: false,
    // Replies are small: packing them costs more than sending them.
    headers: { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'rollcall' },
    retry: { limit: 0 },
    throwHttpErrors: false,
    // It would unpack without an end.
    decompress: false,
    timeout: { lookup: connectMs, connect: connectMs, secureConnect: connectMs, request: replyMs },
  })

  async function send({ url, ...message }: Message, signal?: AbortSignal): Promise<Reply | Fault> {
    const startedAt = performance.now()
    let isTooLarge = false
    let onWire: ClientRequest | undefined
    try {
      const exchange = request(url, signal === undefined ? message : { ...message, signal })
      void exchange.on('request', (clientRequest: ClientRequest) => {
        onWire = clientRequest
        // Nobody asked for another protocol, and Node.js then closes without a word: got would wait for its time to end.
        clientRequest.once('upgrade', (_response, socket) => {
          socket.destroy()
          clientRequest.emit('error', new Error('The host went over to another protocol (HTTP 101)'))
        })
      })
      void exchange.on('downloadProgress', ({ transferred }) => {
        if (transferred <= maxReplyBytes) return
        isTooLarge = true
        onWire?.destroy(new Error('The reply is too large'))
      })
      const response: Response<string | Uint8Array> = await exchange
      return replyOf(response, textOf(response, maxReplyBytes), performance.now() - startedAt)
    } catch (error) {
      isTooLarge ||= error instanceof RangeError
      const isAborted = signal?.aborted === true
      const proxy = proxyFor(new URL(url), proxies)
      return faultOf(error, { url, isTooLarge, isAborted, proxy, latencyMs: performance.now() - startedAt })
    }
  }

  return {
    send,
    close() {
      agent.http.destroy()
      agent.https.destroy()
    },
  }
}

/** Its own have 32 characters. */
const LONGEST_ID = 200

function textOf({ body, headers }: Response<string | Uint8Array>, most: number): string {
  return typeof body === 'string' ? body : unpackReply(body, headers['content-encoding'] ?? '', most)
}

function replyOf({ statusCode, headers }: Response<unknown>, text: string, latencyMs: number): Reply {
  const kept: Record<string, string> = {}
  for (const name of replyHeaders) {
    const value = headers[name]
    if (typeof value === 'string') kept[name] = value
  }
  const requestId = [headers['x-cap-requestid'] ?? []].flat()[0]
  return {
    kind: 'reply',
    status: statusCode,
    headers: kept,
    text,
    requestId: requestId === undefined ? undefined : cleanWords(requestId, LONGEST_ID),
    latencyMs,
  }
}

interface FaultContext {
  readonly url: string
  readonly isTooLarge: boolean
  readonly isAborted: boolean
  readonly proxy: URL | undefined
  readonly latencyMs: number
}

/** got's errors carry the whole request with its headers: only a code and words leave here. */
function faultOf(error: unknown, { url, isTooLarge, isAborted, proxy, latencyMs }: FaultContext): Fault {
  const maybeSent = isTooLarge || wasConnected(error, url)
  const fault = { kind: 'fault', maybeSent, latencyMs } as const
  if (isTooLarge)
    return { ...fault, code: 'REPLY_TOO_LARGE', message: 'The reply is larger than any that the API gives' }
  if (isAborted) return { ...fault, code: 'ABORTED', message: 'The request was stopped' }
  if (error instanceof RequestError) {
    const message = cleanWords(error.message)
    if (proxy === undefined || maybeSent) return { ...fault, code: error.code, message }
    return { ...fault, ...proxyFault(error.code, message, nameOfProxy(proxy)) }
  }
  if (error instanceof Error && 'code' in error) {
    const message = `The reply is packed, and cannot be unpacked: ${cleanWords(error.message)}`
    return { ...fault, code: 'REPLY_UNREADABLE', message }
  }
  return { ...fault, code: 'UNKNOWN', message: 'The request failed without a reason' }
}

/** What keeps a request from getting through a proxy: one that wants to know who we are needs a person. */
function proxyFault(code: string, message: string, name: string): Pick<Fault, 'code' | 'message'> {
  const answer = tunnelAnswer(message)
  if (code !== TUNNEL_ERROR) return { code, message: `${message}, on the way through the proxy ${name}` }
  if (answer === undefined) return { code, message: `The proxy ${name} does not let us through: ${message}` }
  const said = `The proxy ${name} does not let us through: HTTP ${answer}`
  return { code: asksForLogin(answer) ? 'PROXY_REFUSED' : code, message: said }
}

/** Until there is a connection (for https: one that TLS has secured), no byte of a request has left. */
function wasConnected(error: unknown, url: string): boolean {
  if (!(error instanceof RequestError)) return true
  const { timings } = error
  return (url.startsWith('https:') ? timings?.secureConnect : timings?.connect) !== undefined
}
