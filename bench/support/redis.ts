import { setTimeout as delay } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { UsageError } from '../../src/model.ts'
import { freePort } from '../../test/support/free-port.ts'
import type { Workplace } from './workplace.ts'

/** A Redis of the bench's own, on loopback, that keeps nothing on disk. */
export interface RedisServer extends AsyncDisposable {
  readonly url: string
  /** The bytes that it holds, and the most that it has held. */
  memory(): Promise<{ readonly bytes: number; readonly peakBytes: number }>
  /** Ends it with `kill -9` and starts it again, empty, so many milliseconds later. Resolves when it is back. */
  killFor(ms: number): Promise<void>
}

/** Starts it on a free port. Throws a UsageError where the machine has no redis-server. */
export async function startRedis(place: Workplace): Promise<RedisServer> {
  const port = await freePort()
  const args = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    place.folder,
  ]
  const start = async () => {
    const started = place.start('redis-server', args)
    try {
      await started.line(/Ready to accept connections/)
    } catch (cause) {
      throw new UsageError('redis-server does not start here: install it (apt-get install redis-server).', { cause })
    }
    return started
  }
  let server = await start()
  return {
    url: `redis://127.0.0.1:${port}`,
    async memory() {
      const client = new Redis(port, '127.0.0.1')
      try {
        const info = await client.info('memory')
        const figure = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1])
        return { bytes: figure('used_memory'), peakBytes: figure('used_memory_peak') }
      } finally {
        client.disconnect()
      }
    },
    async killFor(ms) {
      await server[Symbol.asyncDispose]()
      await delay(ms)
      server = await start()
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}
