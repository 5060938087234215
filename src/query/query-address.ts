import { UsageError } from '../model.ts'

/** A database. What it holds is secret where it is a password; `nameOf` gives what may be shown and kept. */
export type Database = ServerDatabase | { readonly kind: 'sqlite'; readonly path: string }

export interface ServerDatabase {
  readonly kind: 'postgres' | 'mysql'
  /** A name, an address, or (with a slash in front) the folder or path of a socket; undefined: the server's own habit. */
  readonly host: string
  readonly port: number
  readonly user?: string
  readonly password?: string
  readonly database?: string
  readonly tls: Tls
}

/** `verify`: the server's certificate is that of its name; `encrypt`: whoever answers, in secret; `none`: in the clear. */
export type Tls = 'none' | 'encrypt' | 'verify'

/** Whether an address is that of a database, and not of a file. */
export function isDatabase(address: string): boolean {
  return /^(?:postgres(?:ql)?|mysql|mariadb):\/\//i.test(address) || /^sqlite3?:/i.test(address)
}

/**
 * Reads `postgres://user:password@host:port/database`, `mysql://…` (both with `?sslmode=` and, for a socket, `?host=`; user,
 * port and dbname may also stand there, as libpq has it) or `sqlite:path`. Throws a UsageError, which shows no password.
 */
export function readDatabase(address: string): Database {
  const path = /^sqlite3?:(?:\/\/(?=\/))?(.+)$/is.exec(address)?.[1]
  if (path !== undefined) return { kind: 'sqlite', path }
  let url: URL
  try {
    // Without a host, an address is the local one, and with a user before it none that a URL may be.
    url = new URL(address.replace(/^(\w+:\/\/(?:[^/?#]*@)?)(?=[:/?]|$)/, '$1localhost'))
  } catch {
    throw wrong(address, 'postgres://user@host/database, mysql://user@host/database or sqlite:file was expected')
  }
  const kind = /^postgres/i.test(url.protocol) ? 'postgres' : 'mysql'
  const decoded = (text: string) => decode(address, text)
  const given = (name: string) => url.searchParams.get(name) ?? undefined
  const host = given('host') ?? given('socket') ?? decoded(url.hostname.replaceAll(/^\[|\]$/g, ''))
  const port = given('port') ?? url.port
  if (!/^\d*$/.test(port)) throw wrong(address, 'a port is a number')
  const user = given('user') ?? decoded(url.username)
  const password = decoded(url.password)
  const database = given('dbname') ?? decoded(url.pathname.slice(1))
  return {
    kind,
    host: host === '' ? 'localhost' : host,
    port: port === '' ? (kind === 'postgres' ? 5432 : 3306) : Number(port),
    ...(user !== '' && { user }),
    ...(password !== '' && { password }),
    ...(database !== '' && { database }),
    tls: readTls(address, url, host),
  }
}

/** The address as it may be shown and kept: without password and options. */
export function nameOf(database: Database): string {
  if (database.kind === 'sqlite') return `sqlite:${database.path}`
  const { kind, user, host, port, database: name } = database
  const at = user === undefined ? '' : `${encodeURIComponent(user)}@`
  const usual = kind === 'postgres' ? 5432 : 3306
  const place = host.includes('/') ? encodeURIComponent(host) : host.includes(':') ? `[${host}]` : host
  return `${kind}://${at}${place}${port === usual ? '' : `:${port}`}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`
}

const TLS: Readonly<Record<string, Tls>> = {
  disable: 'none',
  require: 'encrypt',
  'no-verify': 'encrypt',
  'verify-ca': 'verify',
  'verify-full': 'verify',
}

/** Members' data goes over no network in the clear, unless that is asked for. */
function readTls(address: string, url: URL, host: string): Tls {
  const mode = url.searchParams.get('sslmode') ?? url.searchParams.get('ssl-mode')
  if (mode === null) return host.startsWith('/') || LOOPBACK.has(host) ? 'none' : 'verify'
  const tls = TLS[mode.toLowerCase()]
  if (tls === undefined) throw wrong(address, `sslmode is one of ${Object.keys(TLS).join(', ')}`)
  return tls
}

const LOOPBACK: ReadonlySet<string> = new Set(['', 'localhost', '127.0.0.1', '::1'])

function decode(address: string, text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw wrong(address, 'it has a % without two hexadecimal digits; write a percent sign as %25')
  }
}

function wrong(address: string, expected: string): UsageError {
  // Whatever stands before the last @ could be a password.
  const shown = address.replace(/:\/\/.*@/s, '://…@').replace(/\?.*$/s, '')
  return new UsageError(`${shown} is no address of a database that can be used: ${expected}.`)
}
