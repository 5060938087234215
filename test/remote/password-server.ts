import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import ssh2, { type Connection } from 'ssh2'
import { makeHostKey } from './host-key.ts'

/** Who is let in, and in which form the password must come. */
export interface PasswordServerOptions {
  readonly user: string
  readonly password: string
  readonly method: 'password' | 'keyboard-interactive'
}

/**
 * A server on loopback that asks for a password, with OpenSSH's sftp-server behind it. OpenSSH's own daemon takes only
 * passwords of accounts of the machine, and no test has one.
 */
export async function startPasswordServer({ user, password, method }: PasswordServerOptions): Promise<{
  readonly port: number
  readonly fingerprint: string
  close(): Promise<void>
}> {
  const { hostKey, key } = makeHostKey()
  const connections = new Set<Connection>()
  const server = new ssh2.Server({ hostKeys: [hostKey] }, (connection) => {
    connections.add(connection)
    connection.on('error', () => {})
    connection.on('authentication', (context) => {
      const decide = (given: string | undefined) =>
        context.username === user && given === password ? context.accept() : context.reject([method])
      if (context.method !== method) context.reject([method])
      else if (context.method === 'password') decide(context.password)
      else if (context.method === 'keyboard-interactive') {
        context.prompt([{ prompt: 'Password: ', echo: false }], ([given]) => decide(given))
      }
    })
    connection.on('session', (accept) => {
      accept().on('subsystem', (open, _reject, { name }) => {
        if (name !== 'sftp') return
        const channel = open()
        const sftp = spawn('/usr/lib/openssh/sftp-server', [], { stdio: ['pipe', 'pipe', 'ignore'] })
        sftp.stdout.pipe(channel)
        channel.pipe(sftp.stdin)
      })
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const fingerprint = createHash('sha256')
    .update(key.getPublicSSH() ?? '')
    .digest('base64')
    .replace(/=$/, '')
  return {
    port: (server.address() as AddressInfo).port,
    fingerprint: `SHA256:${fingerprint}`,
    async close() {
      for (const connection of connections) connection.end()
      server.close()
      await once(server, 'close')
    },
  }
}
