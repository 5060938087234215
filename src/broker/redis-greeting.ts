import { once } from 'node:events'
import { connect } from 'node:net'
import type { RedisAddress, RedisHost } from './redis-address.ts'

/** A server that lets nobody in says so at once. */
const LISTEN_MS = 1_000

/**
 * Why a server lets nobody in, as it says itself to whoever connects and asks nothing: a client that asks first may lose
 * the answer with the connection. Undefined where none says anything, as it should be. By TLS none can, and of servers
 * behind Sentinels it is not known here where they are.
 */
export async function refusalOnConnect({ kind, tls, hosts }: RedisAddress): Promise<Error | undefined> {
  if (tls || kind === 'sentinel') return undefined
  const said = await Promise.all(hosts.map(greetingOf))
  return said.find((refusal) => refusal !== undefined)
}

async function greetingOf({ host, port }: RedisHost): Promise<Error | undefined> {
  const socket = connect(port, host)
  try {
    const [said] = (await once(socket, 'data', { signal: AbortSignal.timeout(LISTEN_MS) })) as [Buffer]
    const words = /^-([^\r\n]+)/.exec(said.toString())?.[1]
    return words === undefined ? undefined : new Error(words)
  } catch {
    // What else is wrong with the connection, whoever asks has heard.
    return undefined
  } finally {
    socket.on('error', () => {}).destroy()
  }
}
