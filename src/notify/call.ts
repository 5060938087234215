import got, { HTTPError, RequestError } from 'got'
import { createAgents } from '../proxy/agents.ts'
import { NO_PROXIES, type Proxies } from '../proxy/proxies.ts'
import { TUNNEL_ERROR, asksForLogin, tunnelAnswer } from '../proxy/tunnel-error.ts'
import { afterStop } from './after-stop.ts'

/** A call that failed in every attempt; the message names the host alone. */
export class CallError extends Error {
  override name = 'CallError'
}

export interface Call {
  readonly method: 'GET' | 'POST'
  readonly body?: string
  /** Through which proxies it leaves; none unless told. */
  readonly proxies?: Proxies
  /** Aborts when we are to stop: then it is tried for some seconds more. */
  readonly signal: AbortSignal
  /** Asked before each attempt. */
  readonly headers?: () => Readonly<Record<string, string>>
}

/** Attempts after the first, 1, 2, 4 and 8 seconds apart, or as far as `Retry-After` says, up to half a minute. */
const RETRIES = 4
const LONGEST_WAIT_MS = 30_000
const CONNECT_MS = 5_000
const REPLY_MS = 15_000

/**
 * Calls an address until it answers with a 2xx; what a later attempt may mend is tried again. No redirect is followed:
 * a body is meant for the host that was named. Throws a CallError.
 */
export async function call(url: URL, { method, body, headers, signal, proxies = NO_PROXIES }: Call): Promise<void> {
  using stop = afterStop(signal)
  const agent = createAgents(proxies, { tunnelMs: CONNECT_MS })
  try {
    await got(url, {
      method,
      agent,
      signal: stop.signal,
      ...(body !== undefined && { body }),
      followRedirect: false,
      headers: { 'user-agent': 'rollcall', ...(body !== undefined && { 'content-type': 'application/json' }) },
      timeout: { lookup: CONNECT_MS, connect: CONNECT_MS, secureConnect: CONNECT_MS, request: REPLY_MS },
      retry: {
        limit: RETRIES,
        errorCodes: [...(got.defaults.options.retry.errorCodes ?? []), TUNNEL_ERROR],
        methods: [method],
        statusCodes: [408, 425, 429, 500, 502, 503, 504],
        maxRetryAfter: LONGEST_WAIT_MS,
        calculateDelay: ({ computedValue, error }) => (asksForLogin(tunnelAnswer(error.message)) ? 0 : computedValue),
      },
      hooks: {
        beforeRequest: [(options) => void Object.assign(options.headers, headers?.())],
        // A redirect that is not followed is no answer.
        afterResponse: [
          (response) => {
            if (response.statusCode < 300) return response
            throw new HTTPError(response)
          },
        ],
      },
    })
  } catch (error) {
    const reason = stop.signal.aborted ? 'did not answer before the stop' : reasonOf(error)
    throw new CallError(`${url.host} ${reason}`, { cause: error })
  } finally {
    agent.http.destroy()
    agent.https.destroy()
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof HTTPError) return `answered with HTTP ${error.response.statusCode}`
  if (error instanceof RequestError && error.code === TUNNEL_ERROR) {
    return `could not be called: the proxy does not let us through (${tunnelAnswer(error.message) ?? 'it gives no answer'})`
  }
  if (error instanceof RequestError) return `could not be called (${error.code})`
  return 'could not be called'
}
