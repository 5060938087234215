import ssh2, { type AnyAuthMethod, type Client, type SFTPWrapper } from 'ssh2'
import type { RemoteAccess } from './access.ts'
import { type SftpPlace, nameOf } from './address.ts'
import { type HostCheck, openHostCheck } from './host-key.ts'
import { RemoteError, codeOf } from './remote-error.ts'
import { readLogin } from './sftp-login.ts'

const CONNECT_MS = 20_000
/** A connection on which nothing was heard for three times that long is lost. */
const KEEPALIVE_MS = 15_000

/** A connection to an sftp server, on which one thing is asked after the other or many at once. */
export interface SftpSession {
  /** Asks the server something. Rejects with the server's own error, or where the connection is lost. */
  ask<T>(request: (sftp: SFTPWrapper, done: (error: Error | undefined | null, value?: T) => void) => void): Promise<T>
  readonly isOpen: () => boolean
  /** Ends the connection at once; what is asked meanwhile rejects. */
  end(): void
}

/** Connects and logs in. Rejects with a RemoteError or UsageError. */
export async function openSftpSession(place: SftpPlace, access: RemoteAccess): Promise<SftpSession> {
  const check = await openHostCheck(place, access)
  const login = await readLogin(place, access)
  const client = await connect(place, check, login)
  let isOpen = true
  const lost = new Promise<never>((_, reject) => {
    client.on('close', () => {
      isOpen = false
      reject(new RemoteError('passing', `${nameOf(place)}: the connection is lost. Try again later.`))
    })
  })
  // Nobody may be asking anything at that moment.
  lost.catch(() => {})
  const sftp = await new Promise<SFTPWrapper>((resolve, reject) => {
    client.sftp((error, value) => (error === undefined ? resolve(value) : reject(noSftp(place))))
  })
  return {
    ask<T>(request: (sftp: SFTPWrapper, done: (error: Error | undefined | null, value?: T) => void) => void) {
      const answer = new Promise<T>((resolve, reject) => {
        request(sftp, (error, value) => (error === undefined || error === null ? resolve(value as T) : reject(error)))
      })
      return Promise.race([answer, lost])
    },
    isOpen: () => isOpen,
    end: () => client.destroy(),
  }
}

function connect(place: SftpPlace, check: HostCheck, login: readonly AnyAuthMethod[]): Promise<Client> {
  const client = new ssh2.Client()
  let untrusted: RemoteError | undefined
  return new Promise((resolve, reject) => {
    let last: Error | undefined
    client.on('ready', () => resolve(client))
    client.on('error', (error) => {
      last = error
    })
    client.on('close', () => reject(untrusted ?? failure(place, last)))
    client.connect({
      host: place.host,
      port: place.port,
      username: login[0]?.username ?? place.user ?? '',
      authHandler: [...login],
      hostVerifier: (key: Buffer) => {
        untrusted = check.refuse(key)
        return untrusted === undefined
      },
      algorithms: { serverHostKey: [...(check.algorithms ?? [])] },
      readyTimeout: CONNECT_MS,
      keepaliveInterval: KEEPALIVE_MS,
    })
  })
}

function failure(place: SftpPlace, error: Error | undefined): RemoteError {
  const name = nameOf(place)
  const level = error !== undefined && 'level' in error ? error.level : undefined
  if (level === 'client-authentication') {
    return new RemoteError(
      'lasting',
      `${name}: the server does not let us in. Check the user in the address, and the key (ROLLCALL_SFTP_KEY, the agent, ~/.ssh) or password.`,
    )
  }
  const code = codeOf(error)
  if (code === 'ENOTFOUND') {
    return new RemoteError('lasting', `${name}: there is no such host. Check the address letter by letter.`)
  }
  if (level === 'handshake') {
    return new RemoteError(
      'lasting',
      `${name}: the server and we have no method in common (${error?.message ?? ''}). An OpenSSH of 2016 or later was expected.`,
    )
  }
  const reason = code ?? (level === 'client-timeout' ? 'no answer in time' : 'the connection was ended')
  return new RemoteError('passing', `${name}: the server does not answer (${reason}). Try again later.`)
}

function noSftp(place: SftpPlace): RemoteError {
  return new RemoteError('lasting', `${nameOf(place)}: the server offers no sftp. Ask its operator.`)
}
