import { UsageError } from '../model.ts'

/** Through which proxies requests leave, as `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` say. */
export interface Proxies {
  readonly https: URL | undefined
  readonly http: URL | undefined
  /** What is reached without: in the form that Node's agents take, loopback always among it. */
  readonly bypass: string
}

export const NO_PROXIES: Proxies = { https: undefined, http: undefined, bypass: '*' }

/**
 * Reads the variables that most programs go by; the names in lower case come first. Throws a UsageError for a proxy that is
 * no URL of http or https. Nothing of a user or password of one is in messages.
 */
export function readProxies(env: Readonly<Record<string, string | undefined>>): Proxies {
  const proxy = (name: string) => {
    const [variable, value] = [name.toLowerCase(), name]
      .map((each) => [each, env[each]?.trim()] as const)
      .find(([, given]) => given !== undefined && given !== '') ?? [name, undefined]
    return value === undefined ? undefined : readProxy(variable, value)
  }
  return {
    https: proxy('HTTPS_PROXY'),
    http: proxy('HTTP_PROXY'),
    bypass: [...LOOPBACK, ...readBypass(env['no_proxy'] || env['NO_PROXY'] || '')].join(','),
  }
}

/** The proxy that a request to this address goes through; undefined where it goes straight. */
export function proxyFor(url: URL, proxies: Proxies): URL | undefined {
  const proxy = url.protocol === 'https:' ? proxies.https : proxies.http
  return proxy === undefined || isBypassed(url, proxies.bypass) ? undefined : proxy
}

/** Host and port, without what may stand before the `@`. */
export function nameOfProxy(proxy: URL): string {
  return `${proxy.protocol}//${proxy.host}`
}

/** A program on this machine is never meant to be reached from elsewhere. */
const LOOPBACK = ['localhost', '.localhost', '127.0.0.1-127.255.255.254', '::1', '[::1]']

function readProxy(variable: string, value: string): URL {
  const url = URL.parse(/^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value}`)
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  const found = url === null ? 'is no address' : `begins with ${url.protocol}//`
  throw new UsageError(
    `${variable} ${found}: a proxy for HTTP was expected, as in http://proxy.example.com:3128. Without one, unset it.`,
  )
}

/**
 * `example.com` stands for itself and all below it, as curl and most others read it (Node's agents take it for that one
 * host), and `10.0.0.0/8` for the addresses in it.
 */
function readBypass(text: string): readonly string[] {
  const entries = text.split(/[\s,]+/).filter((entry) => entry !== '')
  return entries.flatMap((entry) => {
    const range = rangeOf(entry)
    if (range !== undefined) return [range]
    if (entry === '*' || entry.startsWith('*.') || isIPv4(entry)) return [entry]
    const name = entry.replace(/^\./, '').toLowerCase()
    // What has a port, or is an address of version 6, is that one host.
    return name.includes(':') ? [name] : [name, `.${name}`]
  })
}

/** `10.0.0.0/8` as `10.0.0.0-10.255.255.255`. */
function rangeOf(entry: string): string | undefined {
  const [address = '', bits, ...rest] = entry.split('/')
  const count = Number(bits)
  if (rest.length > 0 || !isIPv4(address) || !/^\d+$/.test(bits ?? '') || count > 32) return undefined
  const size = 2 ** (32 - count)
  const first = Math.floor(numberOf(address) / size) * size
  return `${addressOf(first)}-${addressOf(first + size - 1)}`
}

function isBypassed({ hostname, port, protocol }: URL, bypass: string): boolean {
  const host = hostname.replaceAll(/^\[|\]$/g, '').toLowerCase()
  const withPort = `${host}:${port === '' ? (protocol === 'https:' ? 443 : 80) : port}`
  return bypass.split(',').some((entry) => {
    if (entry === '*' || entry === host || entry === hostname || entry === withPort) return true
    if (entry.startsWith('*.')) return host.endsWith(entry.slice(1))
    if (entry.startsWith('.')) return host.endsWith(entry)
    const [first = '', last = ''] = entry.split('-')
    if (!isIPv4(first) || !isIPv4(last) || !isIPv4(host)) return false
    return numberOf(host) >= numberOf(first) && numberOf(host) <= numberOf(last)
  })
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
}

function addressOf(number: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.')
}

/** What Node has for it is loaded where hosts are listed: it takes a tenth of a short command. */
function isIPv4(text: string): boolean {
  return process.getBuiltinModule('node:net').isIPv4(text)
}
