import { UsageError } from '../model.ts'

/** Where a remote file or folder is. What it holds is secret where it is a password; `nameOf` gives what may be shown. */
export type Place = HttpsPlace | S3Place | SftpPlace

export interface HttpsPlace {
  readonly kind: 'https'
  /** Without user and password. Its query may be a secret: pre-signed addresses have their signature there. */
  readonly url: URL
  readonly user?: string
  readonly password?: string
}

export interface S3Place {
  readonly kind: 's3'
  readonly bucket: string
  /** As the store has it: nothing in it is encoded. */
  readonly key: string
}

export interface SftpPlace {
  readonly kind: 'sftp'
  readonly host: string
  readonly port: number
  readonly user?: string
  readonly password?: string
  /** A full path, or one below the user's home folder where it does not begin with a slash. */
  readonly path: string
}

/** Whether `address` is meant as an address, and not as the path of a local file. */
export function isRemote(address: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(address)
}

/**
 * Reads `s3://bucket/key`, `sftp://user@host:port/path` (`/~/path` below the home folder), or `https://host/path`.
 * Throws a UsageError, which shows no password, where it is none of them.
 */
export function readAddress(address: string): Place {
  const scheme = /^[^:]*/.exec(address)?.[0].toLowerCase()
  switch (scheme) {
    case 's3':
      return readS3(address)
    case 'sftp':
      return readSftp(address)
    case 'https':
    case 'http':
      return readHttps(address)
    default:
      throw wrong(address, 'rollcall reads s3://bucket/key, sftp://user@host/path and https://host/path')
  }
}

/** The address as it may be shown and kept: without password, and for https without user and query. */
export function nameOf(place: Place): string {
  switch (place.kind) {
    case 'https':
      return `${place.url.origin}${place.url.pathname}`
    case 's3':
      return `s3://${place.bucket}/${place.key}`
    case 'sftp': {
      const { user, port, path } = place
      const at = `${user === undefined ? '' : `${encodeURIComponent(user)}@`}${hostOf(place)}${port === 22 ? '' : `:${port}`}`
      return `sftp://${at}${path.startsWith('/') ? '' : '/~/'}${path.replaceAll('%', '%25')}`
    }
  }
}

/** The address as it may be shown and kept. What is no address stays as it is. */
export function withoutCredentials(address: string): string {
  return isRemote(address) ? nameOf(readAddress(address)) : address
}

/** An address in two: that of the folder, with its slash and as it was given, and the name or pattern behind it. */
export function splitFolder(address: string): { readonly folder: string; readonly name: string } {
  const place = readAddress(address)
  const at = address.lastIndexOf('/') + 1
  const path = place.kind === 's3' ? place.key : place.kind === 'sftp' ? place.path : place.url.pathname
  return { folder: address.slice(0, at), name: path.slice(path.lastIndexOf('/') + 1) }
}

/** Whether a place gives files only, and neither lists nor takes any. */
export function isFetchedOnly(address: string): boolean {
  return readAddress(address).kind === 'https'
}

/** The address of a file below a folder of an s3 or sftp place. `names` are file names, as they are. */
export function below(folder: string, ...names: readonly string[]): string {
  const isEncoded = /^sftp:/i.test(folder)
  return [folder.replace(/\/$/, ''), ...names.map((name) => (isEncoded ? name.replaceAll('%', '%25') : name))].join('/')
}

/** The same place with another path or key. */
export function withPath<P extends S3Place | SftpPlace>(place: P, path: string): P {
  return place.kind === 's3' ? { ...place, key: path } : { ...place, path }
}

/** An address of IPv6 stands in brackets. */
function hostOf({ host }: SftpPlace): string {
  return host.includes(':') ? `[${host}]` : host
}

function readS3(address: string): S3Place {
  const [, bucket, key] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(.*)$/is.exec(address) ?? []
  if (bucket === undefined || key === undefined) throw wrong(address, 's3://bucket/key was expected')
  return { kind: 's3', bucket, key }
}

function readSftp(address: string): SftpPlace {
  const match = /^sftp:\/\/(?:([^/]*)@)?(\[[0-9a-f:.%]+\]|[^:/@[\]]+)(?::(\d{1,5}))?(\/.*)$/is.exec(address)
  const [, login, host, port, path] = match ?? []
  if (host === undefined || path === undefined) {
    throw wrong(address, 'sftp://user@host/path or sftp://user@host:port/path was expected')
  }
  const [, user, password] = /^([^:]*)(?::(.*))?$/s.exec(login ?? '') ?? []
  const decoded = decode(address, path)
  return {
    kind: 'sftp',
    host: host.replaceAll(/^\[|\]$/g, ''),
    port: Number(port ?? 22),
    ...(user !== undefined && user !== '' && { user: decode(address, user) }),
    ...(password !== undefined && { password: decode(address, password) }),
    path: decoded.startsWith('/~/') ? decoded.slice('/~/'.length) : decoded,
  }
}

function readHttps(address: string): HttpsPlace {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    throw wrong(address, 'https://host/path was expected')
  }
  const { username, password } = url
  url.username = ''
  url.password = ''
  url.hash = ''
  refusePlainHttp(url, address)
  return {
    kind: 'https',
    url,
    ...(username !== '' && { user: decode(address, username) }),
    ...(password !== '' && { password: decode(address, password) }),
  }
}

/** Members' data goes over no network in the clear. Throws a UsageError for http to anything but this machine. */
export function refusePlainHttp(url: URL, address: string): void {
  if (url.protocol === 'https:' || ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname)) return
  throw wrong(address, `${url.protocol.slice(0, -1)} would send members' data in the clear; use https`)
}

function decode(address: string, text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw wrong(address, 'it has a % without two hexadecimal digits; write a percent sign as %25')
  }
}

function wrong(address: string, expected: string): UsageError {
  // Whatever stands before the last @ could be a password, and whatever comes after a question mark a signature.
  const shown = address.replace(/:\/\/.*@/s, '://…@').replace(/^(https?:[^?]*)\?.*$/is, '$1?…')
  return new UsageError(`${shown} is no address that can be used: ${expected}.`)
}
