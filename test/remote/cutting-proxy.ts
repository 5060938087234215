import { once } from 'node:events'
import { type AddressInfo, type Socket, connect, createServer } from 'node:net'

/** A wire between a client and a server on loopback that can be cut. */
export interface CuttingProxy {
  readonly port: number
  /** Cuts each connection after so many more bytes from the server; undefined lets everything through. */
  cutAfter: number | undefined
  /** Nobody gets through. */
  isDown: boolean
  /** How often it was cut. */
  readonly cuts: () => number
  close(): Promise<void>
}

export async function startCuttingProxy(serverPort: number): Promise<CuttingProxy> {
  const sockets = new Set<Socket>()
  let cuts = 0
  const server = createServer((client) => {
    if (proxy.isDown) {
      client.destroy()
      return
    }
    const upstream = connect(serverPort, '127.0.0.1')
    let passed = 0
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.pipe(upstream)
    upstream.on('data', (piece: Buffer) => {
      passed += piece.length
      if (proxy.cutAfter !== undefined && passed > proxy.cutAfter) {
        cuts += 1
        client.destroy()
      } else if (!client.write(piece)) {
        upstream.pause()
        client.once('drain', () => upstream.resume())
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const proxy: CuttingProxy = {
    port: (server.address() as AddressInfo).port,
    cutAfter: undefined,
    isDown: false,
    cuts: () => cuts,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
  return proxy
}
