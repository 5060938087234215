import { lookup } from 'node:dns/promises'
import { UsageError } from '../model.ts'
import { type Proxies, proxyFor } from '../proxy/proxies.ts'

/**
 * Throws a UsageError where no such host exists: a mistyped address, which would otherwise look like an outage.
 * Whatever else keeps the name from being found is an outage indeed, and no reason not to begin. Behind a proxy names
 * need not be known here, but for the proxy's own.
 */
export async function refuseUnknownHost(baseUrl: string, proxies: Proxies): Promise<void> {
  const url = new URL(baseUrl)
  const proxy = proxyFor(url, proxies)
  const { hostname } = proxy ?? url
  try {
    await lookup(hostname.replaceAll(/^\[|\]$/g, ''))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOTFOUND')) return
    const which = proxy === undefined ? 'ROLLCALL_BASE_URL' : `${url.protocol === 'https:' ? 'HTTPS' : 'HTTP'}_PROXY`
    throw new UsageError(`${which} names a host that does not exist: ${hostname}. Check it letter by letter.`)
  }
}
