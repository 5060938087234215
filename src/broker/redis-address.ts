import { UsageError } from '../model.ts'

/** What a REDIS_URL says: how the servers are found, and how we show ourselves to them. */
export interface RedisAddress extends RedisUser {
  readonly kind: 'single' | 'sentinel' | 'cluster'
  readonly tls: boolean
  /** The servers; with Sentinel the Sentinels. */
  readonly hosts: readonly [RedisHost, ...RedisHost[]]
  readonly database: number
  /** The name by which the Sentinels know the servers. */
  readonly master?: string
  /** How we show ourselves to the Sentinels, where they ask. */
  readonly sentinel?: RedisUser
}

export interface RedisUser {
  readonly username?: string
  readonly password?: string
}

export interface RedisHost {
  readonly host: string
  readonly port: number
}

/**
 * Reads a REDIS_URL: `redis://`, `redis+sentinel://` or `redis+cluster://`, with `rediss` for TLS.
 * Throws a UsageError that says what is wrong and lists the forms, and never shows the user or the password.
 */
export function readRedisUrl(url: string): RedisAddress {
  const { scheme, user, hosts: hostList, path, sentinel } = takeApart(url)
  const [, tls, form] = /^redis(s?)(?:\+(sentinel|cluster))?$/.exec(scheme) ?? refuse(url, 'it has another form')
  const hosts = hostList.split(',').map((text) => readHost(text, form === 'sentinel' ? 26_379 : 6_379))
  const [first, ...rest] = hosts.map((host) => host ?? refuse(url, 'a host cannot be read'))
  if (first === undefined) return refuse(url, 'it names no host')
  const kind = form === 'sentinel' || form === 'cluster' ? form : 'single'
  if (kind === 'single' && rest.length > 0) return refuse(url, 'only Sentinel and Cluster have several hosts')
  if (kind !== 'sentinel' && sentinel !== undefined) return refuse(url, 'it names no Sentinels')
  const where = { kind, tls: tls === 's', hosts: [first, ...rest], ...readPath(url, kind, path) } as const
  return { ...where, ...readUser(url, user), ...(sentinel !== undefined && { sentinel: readUser(url, sentinel) }) }
}

/** The URL as it may be shown: without user, password, or anything that may be one by mistake. */
export function withoutPassword(url: string): string {
  const { scheme, user, hosts, path, sentinel } = takeApart(url)
  const plain = hosts.split(',').every((host) => readHost(host, 0) !== undefined)
  const shownPath = path === '' || PATH.test(path) ? path : '/…'
  const shownSentinel = sentinel === undefined ? '' : `${SENTINEL}…`
  return (
    (scheme && `${scheme}://`) + (user === undefined ? '' : '…@') + (plain ? hosts + shownPath : '…') + shownSentinel
  )
}

/** The last `@` before the Sentinels' user ends the servers', for a password may hold one too. */
function takeApart(url: string) {
  const [rest = '', ...words] = url.split(SENTINEL)
  const { scheme = '', user, hosts = '', path = '' } = PARTS.exec(rest)?.groups ?? {}
  return { scheme, user, hosts, path, sentinel: words.length === 0 ? undefined : words.join(SENTINEL) }
}

const SENTINEL = '?sentinel='

const PARTS = /^(?:(?<scheme>[a-z+]*):\/\/)?(?:(?<user>.*)@)?(?<hosts>[^/?#]*)(?<path>.*)$/s
const PATH = /^\/[\w.-]*(\/\d*)?$/

function readHost(text: string, defaultPort: number): RedisHost | undefined {
  const { host, port = defaultPort } =
    /^(?<host>[\w.-]+|\[[\da-f:.]+\])(?::(?<port>\d{1,5}))?$/i.exec(text)?.groups ?? {}
  if (host === undefined || Number(port) > 65_535) return undefined
  return { host: host.replace(/^\[(.*)\]$/, '$1'), port: Number(port) }
}

function readUser(url: string, user: string | undefined): RedisUser {
  if (user === undefined) return {}
  const [name = '', ...words] = user.split(':')
  if (words.length === 0)
    return refuse(url, 'there is a user without a password; a password alone is written :password@')
  try {
    return { username: decodeURIComponent(name) || undefined, password: decodeURIComponent(words.join(':')) }
  } catch {
    return refuse(url, 'a % in the user or the password must be written %25')
  }
}

function readPath(url: string, kind: RedisAddress['kind'], path: string): Pick<RedisAddress, 'database' | 'master'> {
  const [, first = '', second = '', ...rest] = path.split('/')
  const [master, database] = kind === 'sentinel' ? [first, second] : [undefined, first]
  if (kind === 'sentinel' && !/^[\w.-]+$/.test(first)) return refuse(url, 'the name of the master is missing')
  if (!/^\d*$/.test(database) || rest.length > 0 || (kind !== 'sentinel' && second !== '')) {
    return refuse(url, `what follows the ${kind === 'sentinel' ? 'name' : 'host'} is not the number of a database`)
  }
  if (kind === 'cluster' && Number(database) > 0) return refuse(url, 'a Cluster has database 0 only')
  return { database: Number(database), master }
}

function refuse(url: string, problem: string): never {
  throw new UsageError(`REDIS_URL is ${JSON.stringify(withoutPassword(url))}: ${problem}. ${FORMS}`)
}

const FORMS = `It is expected to be redis://host:6379 or, in full, one of
  redis://user:password@host:6379/database
  redis+sentinel://user:password@host1:26379,host2:26379/master-name/database
  redis+cluster://user:password@host1:6379,host2:6379
  redis+sentinel://user:password@host1:26379/master-name?sentinel=user:password for Sentinels with a password of their own
where user:password@, the ports and the database may be left out, and rediss instead of redis is for TLS.`
