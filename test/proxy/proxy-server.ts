import { createServer } from 'node:http'
import { type AddressInfo, type Socket, connect } from 'node:net'

export interface ProxyServer extends AsyncDisposable {
  readonly url: string
  /** What it was asked for, as `CONNECT host:port` or `GET http://host/path`, with whom for. */
  readonly asked: readonly { readonly what: string; readonly login: string | undefined }[]
}

/** `way`: a port of this machine that all tunnels lead to; what is answered instead; or nothing at all. */
export type Way = { readonly to: number } | { readonly answer: string } | 'silent' | 'cut'

/** A real proxy for HTTP on loopback: the first tunnel goes the first way, the next the next, and all others the last. */
export async function startProxy(way: Way, ...later: readonly Way[]): Promise<ProxyServer> {
  const ways = [way, ...later]
  const asked: { what: string; login: string | undefined }[] = []
  const sockets = new Set<Socket>()
  const server = createServer((request, response) => {
    asked.push({ what: `${request.method} ${request.url}`, login: loginIn(request.headers['proxy-authorization']) })
    response.end('from the proxy')
  })
  server.on('connect', (request, socket: Socket) => {
    asked.push({ what: `CONNECT ${request.url}`, login: loginIn(request.headers['proxy-authorization']) })
    socket.on('error', () => {})
    const now = ways.length > 1 ? ways.shift() : ways[0]
    if (now === 'silent' || now === undefined) return
    if (now === 'cut') socket.destroy()
    else if ('answer' in now) socket.end(`HTTP/1.1 ${now.answer}\r\n\r\n`)
    else tunnel(socket, now.to)
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function tunnel(socket: Socket, port: number): void {
  const far = connect(port, '127.0.0.1', () => {
    socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
    far.pipe(socket).pipe(far)
  })
  far.on('error', () => socket.destroy())
  socket.on('close', () => far.destroy())
}

function loginIn(header: string | undefined): string | undefined {
  const encoded = /^Basic (.+)$/.exec(header ?? '')?.[1]
  return encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString()
}
