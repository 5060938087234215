import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../model.ts'
import type { RemoteAccess } from './access.ts'
import { type SftpPlace, nameOf } from './address.ts'
import { type KnownKey, findKnownKeys } from './known-hosts.ts'
import { RemoteError, codeOf } from './remote-error.ts'

/** Decides whether a server is who it should be. */
export interface HostCheck {
  /** The kinds of host key that the server may choose from; undefined where none is known, or any may be shown. */
  readonly algorithms: readonly HostKeyAlgorithm[] | undefined
  /** Undefined where the key is the expected one, else why the server is not trusted. */
  refuse(key: Buffer): RemoteError | undefined
}

export type HostKeyAlgorithm = (typeof ALGORITHMS)[number]

/** In the order of our liking. Signatures over SHA-1 (`ssh-rsa`, `ssh-dss`) prove nothing any more. */
const ALGORITHMS = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
] as const

/** The check by the fingerprint that the environment gives, or else by the known_hosts files. No unknown key is accepted. */
export async function openHostCheck(place: SftpPlace, access: RemoteAccess): Promise<HostCheck> {
  const { hostKey } = access.sftp
  return hostKey === undefined
    ? byKnownHosts(place, await readKnownHosts(place, access))
    : byFingerprint(place, hostKey)
}

function byFingerprint(place: SftpPlace, expected: string): HostCheck {
  if (!/^SHA256:[A-Za-z0-9+/]{43}=?$/.test(expected)) {
    throw new UsageError(
      `ROLLCALL_SFTP_HOST_KEY is ${JSON.stringify(expected)}: a fingerprint such as ssh-keygen -l prints was expected, SHA256: and 43 signs.`,
    )
  }
  return {
    algorithms: ALGORITHMS,
    refuse(key) {
      const seen = fingerprint(key)
      if (seen === expected.replace(/=$/, '')) return undefined
      return new RemoteError(
        'lasting',
        `${nameOf(place)}: the server shows the host key ${seen}, and ROLLCALL_SFTP_HOST_KEY says ${expected}. ` +
          'Somebody may be in between, or the server has a new key: ask its operator. Nothing was sent.',
      )
    },
  }
}

function byKnownHosts(place: SftpPlace, known: readonly KnownKey[]): HostCheck {
  const trusted = known.filter(({ isRevoked }) => !isRevoked)
  const algorithms = ALGORITHMS.filter((algorithm) =>
    trusted.some(({ type }) => (algorithm.startsWith('rsa-') ? type === 'ssh-rsa' : type === algorithm)),
  )
  return {
    // The server must show a key that we know, where it has several.
    algorithms: algorithms.length > 0 ? algorithms : ALGORITHMS,
    refuse(key) {
      if (known.some(({ key: other, isRevoked }) => isRevoked && other.equals(key))) {
        return refusal(place, key, 'which known_hosts says must not be trusted (@revoked). Ask its operator.')
      }
      if (trusted.some(({ key: other }) => other.equals(key))) return undefined
      if (trusted.length > 0) {
        return refusal(
          place,
          key,
          'which is not the one in known_hosts. Somebody may be in between, or the server has a new key: ask its operator.',
        )
      }
      return refusal(
        place,
        key,
        'which nobody has vouched for yet. Ask its operator whether that is its key. If so, set ROLLCALL_SFTP_HOST_KEY ' +
          'to it, or add the server to ~/.ssh/known_hosts (ssh-keyscan prints the line).',
      )
    },
  }
}

function refusal(place: SftpPlace, key: Buffer, why: string): RemoteError {
  return new RemoteError(
    'lasting',
    `${nameOf(place)}: the server shows the host key ${fingerprint(key)}, ${why} Nothing was sent.`,
  )
}

function fingerprint(key: Buffer): string {
  return `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=$/, '')}`
}

async function readKnownHosts(
  { host, port }: SftpPlace,
  { sftp, homeFolder }: RemoteAccess,
): Promise<readonly KnownKey[]> {
  const usual = [join(homeFolder, '.ssh', 'known_hosts'), '/etc/ssh/ssh_known_hosts']
  const keys: KnownKey[] = []
  for (const path of sftp.knownHosts === undefined ? usual : [sftp.knownHosts]) {
    try {
      keys.push(...findKnownKeys(await readFile(path, 'utf8'), host, port))
    } catch (error) {
      if (sftp.knownHosts === undefined && codeOf(error) === 'ENOENT') continue
      throw new UsageError(`The file of known hosts ${path} cannot be read (${codeOf(error) ?? String(error)}).`)
    }
  }
  return keys
}
