import { createHash } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import ssh2, { type Connection } from 'ssh2'
import { makeHostKey } from './host-key.ts'

/** What the server tells of its one file, in listings and when it is asked for that file. */
export interface BareServerOptions {
  readonly name: string
  readonly content: Buffer
  readonly listed: object
  readonly told: object
}

/** An sftp server on loopback that lets anybody in and leaves attributes out, as some gateways before other stores do. */
export async function startBareServer(options: BareServerOptions): Promise<{
  readonly port: number
  readonly fingerprint: string
  close(): Promise<void>
}> {
  const { hostKey, key } = makeHostKey()
  const { STATUS_CODE } = ssh2.utils.sftp
  const { name, content, listed, told } = options
  const connections = new Set<Connection>()
  const server = new ssh2.Server({ hostKeys: [hostKey] }, (connection) => {
    connections.add(connection)
    connection.on('error', () => {})
    connection.on('authentication', (context) => context.accept())
    connection.on('session', (accept) => {
      accept().on('sftp', (open) => {
        const sftp = open()
        const handle = Buffer.from('h')
        let isListed = false
        sftp.on('OPENDIR', (id) => {
          isListed = false
          sftp.handle(id, handle)
        })
        sftp.on('READDIR', (id) => {
          if (isListed) sftp.status(id, STATUS_CODE.EOF)
          else sftp.name(id, [{ filename: name, longname: name, attrs: listed as never }])
          isListed = true
        })
        sftp.on('STAT', (id) => sftp.attrs(id, told as never))
        sftp.on('FSTAT', (id) => sftp.attrs(id, told as never))
        sftp.on('OPEN', (id) => sftp.handle(id, handle))
        sftp.on('READ', (id, _handle, offset, length) => {
          if (offset >= content.length) sftp.status(id, STATUS_CODE.EOF)
          else sftp.data(id, content.subarray(offset, offset + length))
        })
        sftp.on('CLOSE', (id) => sftp.status(id, STATUS_CODE.OK))
        sftp.on('REALPATH', (id, path) => sftp.name(id, [{ filename: path, longname: path, attrs: {} as never }]))
      })
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    fingerprint: `SHA256:${createHash('sha256').update(key.getPublicSSH()).digest('base64').replace(/=$/, '')}`,
    async close() {
      for (const connection of connections) connection.end()
      server.close()
      await once(server, 'close')
    },
  }
}
