import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'

/** A web server of one file, that does to each request what the test says. */
export interface FileServer {
  readonly url: string
  /** The headers of the requests, in order. */
  readonly requests: IncomingMessage['headers'][]
  content: Buffer
  /** Sends everybody there instead. */
  redirectTo?: string
  close(): Promise<void>
}

export interface Manners {
  /** Breaks the connection off after so many bytes of each reply. */
  readonly breakAfter?: number
  /** Sends the whole file whatever is asked for. */
  readonly ignoresRange?: boolean
  /** Gives neither ETag nor Last-Modified. */
  readonly saysNoVersion?: boolean
  readonly weak?: boolean
  readonly length?: 'told' | 'chunked' | 'untold'
  /** After the first bytes nothing comes any more. */
  readonly stalls?: boolean
}

/** `manners` is asked for each request, with the requests before it. */
export async function startFileServer(
  content: Buffer,
  manners: (request: number, server: FileServer) => Manners | 'gone' | number = () => ({}),
  tls?: { readonly cert: Buffer; readonly key: Buffer },
): Promise<FileServer> {
  const requests: IncomingMessage['headers'][] = []
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    requests.push(request.headers)
    const how = manners(requests.length, files)
    if (files.redirectTo !== undefined) response.writeHead(302, { location: files.redirectTo }).end()
    else if (how === 'gone') request.socket.destroy()
    else if (typeof how === 'number') response.writeHead(how).end()
    else answer(request, response, files.content, how)
  }
  const server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const files: FileServer = {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    content,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return files
}

function answer(request: IncomingMessage, response: ServerResponse, content: Buffer, manners: Manners): void {
  const { breakAfter, ignoresRange = false, saysNoVersion = false, weak = false, length = 'told', stalls } = manners
  const etag = `${weak ? 'W/' : ''}"${createHash('sha256').update(content).digest('hex').slice(0, 16)}"`
  const asked = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1]
  const isPart = asked !== undefined && !ignoresRange && request.headers['if-range'] === etag
  const start = isPart ? Number(asked) : 0
  const body = content.subarray(start)
  response.writeHead(isPart ? 206 : 200, {
    ...(!saysNoVersion && { etag }),
    ...(isPart && { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` }),
    ...(length === 'told' && { 'content-length': body.length }),
    ...(length === 'untold' && { connection: 'close', 'transfer-encoding': 'identity' }),
  })
  if (request.method === 'HEAD') {
    response.end()
  } else if (breakAfter !== undefined && breakAfter < body.length) {
    response.write(body.subarray(0, breakAfter), () => request.socket.destroy())
  } else if (stalls === true) {
    response.write(body.subarray(0, 10))
  } else {
    response.end(body)
  }
}
