import { once } from 'node:events'
import { type IncomingMessage, createServer } from 'node:http'
import { onTestFinished } from 'vitest'

export interface Posted {
  readonly method: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** A receiver on loopback that answers with the given statuses in turn, and then with 200. */
export async function listen(
  statuses: readonly (number | 'hang up')[] = [],
  later = onTestFinished,
): Promise<{ readonly url: URL; readonly posted: readonly Posted[] }> {
  const posted: Posted[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => (body += text))
    request.on('end', () => {
      const status = statuses[posted.length] ?? 200
      posted.push({ method: request.method, headers: request.headers, body })
      if (status === 'hang up') request.socket.destroy()
      else response.writeHead(status, status === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end()
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  later(() => void server.close())
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no address')
  return { url: new URL(`http://127.0.0.1:${address.port}/hook/secret-path`), posted }
}
