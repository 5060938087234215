import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../support/free-port.ts'
import { temporaryFolder } from '../support/cli.ts'
import { until } from '../support/wait.ts'

/** OpenSSH's server on loopback, with a host key, a user's key and a folder of its own. */
export interface SftpServer {
  readonly port: number
  readonly user: string
  /** The folder that the tests work in, as the server has it too: paths are the machine's own. */
  readonly folder: string
  /** The path of a private key that the server lets in. */
  readonly key: string
  /** The server's line in a known_hosts file, as it would be for `port`. */
  readonly knownHostsLine: (port: number) => string
  /** The fingerprint of its host key, as ssh-keygen prints it. */
  readonly fingerprint: string
  close(): Promise<void>
}

export interface SftpServerOptions {
  /** The kinds of host key it has, the one in `fingerprint` and `knownHostsLine` first. */
  readonly hostKeys?: readonly ('ed25519' | 'rsa' | 'ecdsa')[]
}

export async function startSftpServer({ hostKeys = ['ed25519'] }: SftpServerOptions = {}): Promise<SftpServer> {
  const folder = temporaryFolder()
  const port = await freePort()
  const files = hostKeys.map((type) => makeKey(join(folder, `host_${type}`), type))
  const key = makeKey(join(folder, 'user'), 'ed25519')
  writeFileSync(join(folder, 'authorized_keys'), readFileSync(`${key}.pub`), { mode: 0o600 })
  writeFileSync(
    join(folder, 'sshd_config'),
    [
      `Port ${port}`,
      'ListenAddress 127.0.0.1',
      ...files.map((file) => `HostKey ${file}`),
      `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
      'PasswordAuthentication no',
      'PermitRootLogin prohibit-password',
      // The folder of a test lies where others may write too.
      'StrictModes no',
      'UsePAM no',
      'PidFile none',
      'Subsystem sftp internal-sftp',
      'MaxStartups 50',
    ].join('\n'),
  )
  // Where it runs as root, it wants this folder; Debian makes it when the service starts.
  if (userInfo().uid === 0) mkdirSync('/run/sshd', { recursive: true })
  const server = spawn('/usr/sbin/sshd', ['-D', '-e', '-f', join(folder, 'sshd_config')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  server.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
  await until(`sshd on port ${port}: ${said}`, () => said.includes('Server listening') || server.exitCode !== null)
  if (server.exitCode !== null) throw new Error(`sshd ended: ${said}`)
  const [hostKey = ''] = files
  mkdirSync(join(folder, 'files'))
  return {
    port,
    user: userInfo().username,
    folder: join(folder, 'files'),
    key,
    knownHostsLine: (at) => `[127.0.0.1]:${at} ${readFileSync(`${hostKey}.pub`, 'utf8')}`,
    fingerprint: tell(['ssh-keygen', '-l', '-f', `${hostKey}.pub`]).split(' ')[1] ?? '',
    close: () => end(server),
  }
}

/** Makes a key pair without passphrase, unless one is given. */
export function makeKey(path: string, type: 'ed25519' | 'rsa' | 'ecdsa', passphrase = ''): string {
  tell(['ssh-keygen', '-q', '-t', type, '-N', passphrase, '-f', path])
  return path
}

/** Runs a program to its end, and gives what it printed. */
export function tell([program = '', ...args]: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program}: ${stderr}`)
  return stdout
}

async function end(server: ChildProcess): Promise<void> {
  const ended = once(server, 'exit')
  server.kill('SIGKILL')
  await ended
}
