import { once } from 'node:events'
import { createServer } from 'node:net'

/**
 * A port that is free, and not of those that the system gives to whoever asks for any: when its server was killed, another
 * test's would be there.
 */
export async function freePort(): Promise<number> {
  const port = 10_000 + Math.floor(Math.random() * 20_000)
  const server = createServer().listen(port, '127.0.0.1')
  try {
    await once(server, 'listening')
  } catch {
    return await freePort()
  }
  server.close()
  await once(server, 'close')
  return port
}
