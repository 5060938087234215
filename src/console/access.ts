import { createHash, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'

/** What a request says of itself, as far as it decides on its access. */
export interface Visitor {
  readonly host: string | undefined
  readonly origin: string | undefined
  /** The browser's `Sec-Fetch-Site`. */
  readonly site: string | undefined
  readonly authorization: string | undefined
  readonly cookie: string | undefined
}

export interface AccessRules {
  readonly token: string
  /** Host names, without ports, by which the console may be called; undefined: any that is an address, besides these. */
  readonly hosts: readonly string[]
  readonly anyAddress: boolean
}

export const COOKIE = 'rollcall_console'

/** Whether a request is called by a name that is ours: a page elsewhere may have a name that leads here (rebinding). */
export function isOurHost({ host }: Visitor, { hosts, anyAddress }: AccessRules): boolean {
  const name = nameOf(host)
  return name !== undefined && (hosts.includes(name) || (anyAddress && isIP(name.replaceAll(/[[\]]/g, '')) !== 0))
}

/** Whether a request has the token: in the cookie, or as a bearer. */
export function hasToken({ authorization, cookie }: Visitor, { token }: AccessRules): boolean {
  const bearer = /^Bearer (.+)$/iu.exec(authorization ?? '')?.[1]
  return [bearer, cookieIn(cookie)].some((given) => given !== undefined && isSame(given, token))
}

/** Whether a request comes from a page of our own, or from no page at all. */
export function isSameOrigin({ host, origin, site }: Visitor): boolean {
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  if (origin === undefined) return true
  return URL.canParse(origin) && new URL(origin).host === host
}

/** Takes as long whatever is given. */
export function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function cookieIn(header: string | undefined): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${COOKIE}=`))?.slice(COOKIE.length + 1)
}

function nameOf(host: string | undefined): string | undefined {
  return host === undefined || !URL.canParse(`http://${host}`) ? undefined : new URL(`http://${host}`).hostname
}
