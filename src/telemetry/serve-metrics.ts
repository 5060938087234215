import { once } from 'node:events'
import { type ServerResponse, createServer } from 'node:http'
import { UsageError } from '../model.ts'

/** Where metrics are served. */
export interface MetricsPlace {
  readonly host: string
  readonly port: number
}

export interface MetricsServer {
  readonly url: string
  close(): Promise<void>
}

interface Served {
  readonly metricsText: () => Promise<string>
  /** Why this process cannot do its work at this moment; undefined: it can. */
  readonly trouble: () => string | undefined
}

const PROMETHEUS_TEXT = 'text/plain; version=0.0.4; charset=utf-8'

/**
 * Serves `GET /metrics` and `GET /healthz`, and nothing else. Throws a UsageError where it cannot be served there.
 */
export async function serveMetrics(place: MetricsPlace, { metricsText, trouble }: Served): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0]
    if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, 405, 'only GET is answered\n')
    if (path === '/healthz') {
      const why = trouble()
      return send(response, why === undefined ? 200 : 503, JSON.stringify({ ok: why === undefined, why }), JSON_TYPE)
    }
    if (path !== '/metrics') return send(response, 404, 'there are /metrics and /healthz\n')
    metricsText().then(
      (text) => send(response, 200, text, PROMETHEUS_TEXT),
      (error: unknown) => send(response, 500, `${String(error)}\n`),
    )
  })
  server.listen(place.port, place.host)
  await once(server, 'listening').catch((error: NodeJS.ErrnoException) => refuse(error, place))
  // Who only looks keeps no process from ending.
  server.unref()
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : place.port
  return {
    url: `http://${place.host.includes(':') ? `[${place.host}]` : place.host}:${port}`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const JSON_TYPE = 'application/json; charset=utf-8'

function send(response: ServerResponse, status: number, body: string, type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
  response.end(body)
}

function refuse(error: NodeJS.ErrnoException, { host, port }: MetricsPlace): never {
  const why = REFUSALS[error.code ?? '']
  if (why === undefined) throw error
  throw new UsageError(`Metrics cannot be served at ${host}:${port}: ${why}. Give --metrics another address.`)
}

const REFUSALS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'another process listens there (each process with --metrics needs a port of its own)',
  EACCES: 'this port is not for everybody',
  EADDRNOTAVAIL: 'this machine has no such address',
  ENOTFOUND: 'no machine is known by this name',
  EAI_AGAIN: 'the name cannot be looked up',
}
