import { createHash } from 'node:crypto'
import { UsageError } from '../model.ts'

export type Credentials =
  | { readonly kind: 'oauth'; readonly key: string; readonly secret: string }
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }

/**
 * Names the account (host and key or username) in queue names: the same in every process, and nothing of it leads
 * back to the secret. Throws a UsageError for a base URL that `checkBaseUrl` refuses.
 */
export function accountId(baseUrl: string, credentials: Credentials): string {
  const name = credentials.kind === 'oauth' ? credentials.key : credentials.username
  const { host } = new URL(checkBaseUrl(baseUrl))
  return createHash('sha256').update(`${host}\n${credentials.kind}\n${name}`).digest('hex').slice(0, 16)
}

/** The API's Basic scheme hashes the password with MD5 first (capillary-facts.md, section 2). */
export function basicAuthorization(username: string, password: string): string {
  const hash = createHash('md5').update(password).digest('hex')
  return `Basic ${Buffer.from(`${username}:${hash}`).toString('base64')}`
}

/** What is secret of an account, in each form in which a request carries it. */
export function secretsOf(credentials: Credentials): readonly string[] {
  if (credentials.kind === 'oauth') return [credentials.key, credentials.secret]
  const { username, password } = credentials
  const authorization = basicAuthorization(username, password)
  const hash = createHash('md5').update(password).digest('hex')
  return [username, password, hash, authorization, authorization.slice('Basic '.length)]
}

/**
 * The base URL without a slash at its end; it may hold a path. Throws a UsageError for what is no URL of a host that
 * credentials may be sent to: plain http is for loopback only.
 */
export function checkBaseUrl(baseUrl: string): string {
  const expected = 'expected something like https://eu.api.capillarytech.com'
  const url = URL.parse(baseUrl.trim())
  if (url === null) throw new UsageError(`ROLLCALL_BASE_URL is not a URL: "${withoutUserinfo(baseUrl)}"; ${expected}`)
  const shown = withoutUserinfo(baseUrl)
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(
      `ROLLCALL_BASE_URL "${shown}" holds a username or password: set ROLLCALL_USERNAME and ROLLCALL_PASSWORD instead`,
    )
  }
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw new UsageError(`ROLLCALL_BASE_URL "${shown}" is neither https nor http; ${expected}`)
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new UsageError(`ROLLCALL_BASE_URL "${shown}" would send members' data unprotected: use https://${url.host}`)
  }
  if (url.search !== '' || url.hash !== '') {
    throw new UsageError(`ROLLCALL_BASE_URL "${shown}" has a query or a fragment: leave out what begins with ? or #`)
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

/** A mistyped URL may hold a password before its @, and a key behind its question mark. */
function withoutUserinfo(baseUrl: string): string {
  return baseUrl
    .trim()
    .replace(/^(.*\/\/)?.*@/s, '$1***@')
    .replace(/[?#].*$/s, '')
}
