import { once } from 'node:events'
import type { IncomingHttpHeaders } from 'node:http'
import { basename } from 'node:path/posix'
import got, { type Request, RequestError, type Response } from 'got'
import { UsageError } from '../model.ts'
import { type Agents, createAgents } from '../proxy/agents.ts'
import { NO_PROXIES } from '../proxy/proxies.ts'
import { TUNNEL_ERROR } from '../proxy/tunnel-error.ts'
import type { RemoteAccess } from './access.ts'
import { type HttpsPlace, nameOf, refusePlainHttp } from './address.ts'
import { readNetrc } from './netrc.ts'
import { RemoteError, changedError, codeOf, proxyError } from './remote-error.ts'
import type { Opened, RemoteFile, Store } from './store.ts'

const CONNECT_MS = 20_000
const REPLY_MS = 60_000
const MOST_REDIRECTS = 5

/** Files that are fetched over https: nothing is listed, written or moved there. */
export class HttpsStore implements Store<HttpsPlace> {
  readonly #access: RemoteAccess
  readonly #agents: Agents

  constructor(access: RemoteAccess) {
    this.#access = access
    this.#agents = createAgents(access.proxies ?? NO_PROXIES, { tunnelMs: CONNECT_MS })
  }

  async look(place: HttpsPlace, signal: AbortSignal): Promise<RemoteFile | undefined> {
    // A server may not know HEAD, and a pre-signed address is signed for GET alone.
    for (const method of ['HEAD', 'GET'] as const) {
      const { stream, response } = await this.#ask(place, method, {}, signal)
      stream.destroy()
      if (response.statusCode === 200) return fileOf(place, response.headers)
      if (response.statusCode === 404 || response.statusCode === 410) return undefined
      if (method === 'GET' || ![403, 405, 501].includes(response.statusCode)) throw refusal(place, response)
    }
    return undefined
  }

  async open(place: HttpsPlace, offset: number, version: string | undefined, signal: AbortSignal): Promise<Opened> {
    const headers: Record<string, string> = {}
    if (offset > 0 && version !== undefined) {
      headers['range'] = `bytes=${offset}-`
      headers['if-range'] = version
    }
    const { stream, response } = await this.#ask(place, 'GET', headers, signal)
    try {
      if (response.statusCode === 416) throw changedError(nameOf(place))
      if (response.statusCode !== 200 && response.statusCode !== 206) throw refusal(place, response)
      const file = fileOf(place, response.headers)
      const begins = response.statusCode === 206 ? rangeStart(response.headers) : 0
      if (begins === undefined || (begins !== 0 && begins !== offset)) {
        throw oddReply(place, 'sends another part of the file than was asked for')
      }
      if (file.bytes === undefined && response.headers['transfer-encoding'] !== 'chunked') {
        throw oddReply(place, 'does not say how long the file is, so that a part of it could pass for the whole')
      }
      return { file, offset: begins, bytes: stream }
    } catch (error) {
      stream.destroy()
      throw error
    }
  }

  list(place: HttpsPlace): Promise<never> {
    return Promise.reject(cannot(place, 'files cannot be listed over https: give the address of one file'))
  }

  put(_path: string, place: HttpsPlace): Promise<never> {
    return Promise.reject(cannot(place, 'nothing can be written over https: give an s3 or sftp address'))
  }

  move(place: HttpsPlace): Promise<never> {
    return Promise.reject(cannot(place, 'nothing can be moved over https: give an s3 or sftp address'))
  }

  async close(): Promise<void> {
    this.#agents.http.destroy()
    this.#agents.https.destroy()
  }

  async #ask(
    place: HttpsPlace,
    method: 'GET' | 'HEAD',
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<{ stream: Request; response: Response }> {
    const login = await this.#login(place)
    const stream = got.stream(place.url, {
      method,
      agent: this.#agents,
      signal,
      // Packed bytes would be counted, and gone on with, otherwise than the file's.
      headers: { 'accept-encoding': 'identity', 'user-agent': 'rollcall', ...headers },
      decompress: false,
      throwHttpErrors: false,
      retry: { limit: 0 },
      maxRedirects: MOST_REDIRECTS,
      timeout: { lookup: CONNECT_MS, connect: CONNECT_MS, secureConnect: CONNECT_MS, response: REPLY_MS },
      hooks: { beforeRedirect: [({ url }) => refusePlainHttp(new URL(String(url)), String(url))] },
      ...login,
    })
    stream.on('error', () => {})
    try {
      const [response] = (await once(stream, 'response')) as [Response]
      return { stream, response }
    } catch (error) {
      if (signal.aborted) throw signal.reason
      throw failure(place, error)
    }
  }

  async #login({ url, user, password }: HttpsPlace): Promise<{ username?: string; password?: string }> {
    if (user !== undefined && password !== undefined) return { username: user, password }
    const login = await readNetrc(this.#access, url.hostname, user)
    if (login !== undefined) return { username: login.user, password: login.password }
    return user === undefined ? {} : { username: user }
  }
}

function fileOf(place: HttpsPlace, headers: IncomingHttpHeaders): RemoteFile {
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity') throw oddReply(place, `packs the file (${encoding}), although it was asked not to`)
  const total = headers['content-range']?.split('/')[1] ?? headers['content-length']
  const changedAt = Date.parse(headers['last-modified'] ?? '')
  return {
    address: nameOf(place),
    name: basename(place.url.pathname),
    bytes: total === undefined || total === '*' ? undefined : Number(total),
    changedAt: Number.isNaN(changedAt) ? undefined : changedAt,
    version: versionOf(headers),
  }
}

/** A weak ETag stays the same where bytes may differ: a transfer cannot be gone on with by it (RFC 9110, 13.1.5). */
function versionOf({ etag, 'last-modified': lastModified }: IncomingHttpHeaders): string | undefined {
  return etag === undefined || etag.startsWith('W/') ? lastModified : etag
}

function rangeStart(headers: IncomingHttpHeaders): number | undefined {
  const start = /^bytes (\d+)-/.exec(headers['content-range'] ?? '')?.[1]
  return start === undefined ? undefined : Number(start)
}

function refusal(place: HttpsPlace, { statusCode, statusMessage = '' }: Response): RemoteError {
  const said = `${nameOf(place)}: the server answers ${statusCode} ${statusMessage}`.trimEnd()
  if (statusCode === 401 || statusCode === 403) {
    return lasting(`${said}. Check who may read it: user and password come from the address, or from ~/.netrc.`)
  }
  if (statusCode === 404 || statusCode === 410) return lasting(`${said}. Check the address.`)
  if (statusCode === 408 || statusCode === 429 || statusCode >= 500) {
    return new RemoteError('passing', `${said}. Try again later.`)
  }
  return lasting(`${said}, where a file was expected. Check the address.`)
}

function oddReply(place: HttpsPlace, what: string): RemoteError {
  return lasting(`${nameOf(place)}: the server ${what}. Fetch the file by other means, and import it from there.`)
}

/** got's errors carry the whole request with its headers: only a code and words leave here. */
function failure(place: HttpsPlace, error: unknown): Error {
  const name = nameOf(place)
  if (error instanceof RequestError && error.cause instanceof UsageError) return error.cause
  const code = codeOf(error) ?? 'unknown'
  if (code === 'ENOTFOUND') return lasting(`${name}: there is no such host. Check the address letter by letter.`)
  if (/CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|^EPROTO$/.test(code)) {
    return lasting(
      `${name}: the server cannot show that it is who it says (${code}). Check the address and its certificate.`,
    )
  }
  if (code === 'ERR_TOO_MANY_REDIRECTS')
    return lasting(`${name}: the server sends us from one address to the next. Check the address.`)
  if (code === TUNNEL_ERROR) return proxyError(name, error)
  return new RemoteError('passing', `${name}: the server does not answer (${code}). Try again later.`)
}

function lasting(message: string): RemoteError {
  return new RemoteError('lasting', message)
}

function cannot(place: HttpsPlace, what: string): UsageError {
  return new UsageError(`${nameOf(place)}: ${what}.`)
}
