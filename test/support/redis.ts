import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { freePort } from './free-port.ts'
import { hasProgram } from './programs.ts'
import { until } from './wait.ts'

export const hasRedis = hasProgram('redis-server')

/** A Redis of the test's own, on loopback: killed and started as the test says. */
export interface RedisServer {
  readonly url: string
  readonly port: number
  start(): Promise<void>
  /** With `disk: 'snapshot'`, writes what it holds: what comes later is not there when it is started again. */
  save(): Promise<void>
  /** Ends it with `kill -9`. What it held is gone, unless it is on disk. */
  kill(): Promise<void>
  /** Has it carry out a command. */
  ask(command: string, ...args: readonly string[]): Promise<void>
  close(): Promise<void>
}

export interface RedisOptions {
  /** What it keeps there: everything, what it held when it was told to `save`, or (the default) nothing. */
  readonly disk?: 'append-only' | 'snapshot' | 'none'
}

export async function startRedis({ disk = 'none' }: RedisOptions = {}): Promise<RedisServer> {
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-redis-'))
  let server: ChildProcess | undefined
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder]
  const redis: RedisServer = {
    url: `redis://127.0.0.1:${port}`,
    port,
    async start() {
      server = spawn('redis-server', [...args, '--appendonly', disk === 'append-only' ? 'yes' : 'no'], {
        stdio: 'ignore',
      })
      await until(`redis-server on port ${port}`, () => answers(port))
    },
    async save() {
      if (disk !== 'snapshot') return
      const client = new Redis(port, '127.0.0.1')
      await client.save()
      client.disconnect()
    },
    async kill() {
      if (server === undefined) return
      const ended = once(server, 'exit')
      server.kill('SIGKILL')
      await ended
      server = undefined
    },
    async ask(command, ...words) {
      const client = new Redis(port, '127.0.0.1')
      await client.call(command, ...words)
      client.disconnect()
    },
    async close() {
      await redis.kill()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await redis.start()
  return redis
}

async function answers(port: number): Promise<boolean> {
  const client = new Redis(port, '127.0.0.1', { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.ping()) === 'PONG'
  } catch {
    return false
  } finally {
    client.disconnect()
  }
}
