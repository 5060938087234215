import { Agent as HttpAgent, type AgentOptions } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import type { Proxies } from './proxies.ts'

export interface Agents {
  readonly http: HttpAgent
  readonly https: HttpsAgent
}

/**
 * Agents whose requests go through the proxies, where there are any for them. `tunnelMs`: how long a proxy may take to let
 * a connection through; a request that waits for it cannot be stopped by other means.
 */
export function createAgents(proxies: Proxies, options: Omit<AgentOptions, 'timeout'> & { tunnelMs: number }): Agents {
  const { tunnelMs, ...rest } = options
  const { http, https, bypass } = proxies
  const isProxied = http !== undefined || https !== undefined
  const proxyEnv = {
    ...(http !== undefined && { HTTP_PROXY: http.href }),
    ...(https !== undefined && { HTTPS_PROXY: https.href }),
    NO_PROXY: bypass,
  }
  // The time also ends connections that nobody uses; without a proxy they are kept as they were.
  const all = { ...rest, proxyEnv, ...(isProxied && { timeout: tunnelMs }) }
  return { http: new HttpAgent(all), https: new HttpsAgent(all) }
}
