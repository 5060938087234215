import { createHash, timingSafeEqual } from 'node:crypto'
import { isIP } from 'node:net'

/** What a request says of itself, as far as it decides on its access. */
export interface Visitor {
  readonly host: string | undefined
  readonly origin: string | undefined
  readonly referer: string | undefined
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

const COOKIE = 'rollcall_console'

/** Names of this machine that lead to nobody else. */
export const LOOPBACK = ['127.0.0.1', '[::1]', 'localhost']

/** Whether a request is called by a name that is ours: a page elsewhere may have a name that leads here (rebinding). */
export function isOurHost({ host }: Visitor, { hosts, anyAddress }: AccessRules): boolean {
  const name = nameOf(host)
  return name !== undefined && (hosts.includes(name) || (anyAddress && isIP(name.replaceAll(/[[\]]/g, '')) !== 0))
}

/** Whether a request has the token: in the cookie, or as a bearer. */
export function hasToken({ authorization, cookie }: Visitor, { token }: AccessRules): boolean {
  const bearer = /^Bearer (.+)$/iu.exec(authorization ?? '')?.[1]
  return isSame(bearer ?? '', token) || isSame(cookieIn(cookie) ?? '', encodeURIComponent(token))
}

/** Whether a request comes from a page of our own, or from no page at all. */
export function isSameOrigin({ host, origin, referer, site }: Visitor): boolean {
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const from = origin ?? referer
  if (from === undefined) return true
  if (!URL.canParse(from)) return false
  const { protocol, host: ofPage, hostname } = new URL(from)
  // Nobody serves us by TLS but a proxy, which is called by another name than this machine's own.
  return ofPage === host?.toLowerCase() && !(protocol === 'https:' && LOOPBACK.includes(hostname))
}

/** The cookie that whoever came by the address with the token keeps, for a week. A token may hold what a cookie may not. */
export function cookieOf(token: string): string {
  return `${COOKIE}=${encodeURIComponent(token)}; HttpOnly; SameSite=Strict; Path=/; Max-Age=604800`
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
