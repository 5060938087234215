import { UsageError } from '../model.ts'

/**
 * The address of a webhook or a heartbeat. Throws a UsageError for what is no https URL; plain http is for loopback
 * alone. `what` names it in messages. What stands behind the host may be a secret, so messages show none of it.
 */
export function checkAddress(what: string, address: string): URL {
  const url = URL.parse(address.trim())
  const expected = 'expected something like https://example.com/hook'
  if (url === null) throw new UsageError(`${what} is not a URL: ${expected}.`)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new UsageError(`${what} begins with ${url.protocol}: ${expected}.`)
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new UsageError(`${what} would be called unprotected: use https for ${url.host}. Plain http is for loopback.`)
  }
  return url
}

export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}
