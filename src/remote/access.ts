import type { Proxies } from '../proxy/proxies.ts'

/** How we log in where. All of it comes from the environment; the AWS SDK reads its own part of that itself. */
export interface RemoteAccess {
  /** The user's home folder, with `.ssh`, `.netrc` and `.aws`. */
  readonly homeFolder: string
  /** The user's name on this machine, where it has one: that on an sftp server whose address has none. */
  readonly user: string | undefined
  /** A file of hosts, logins and passwords; `~/.netrc` unless told. */
  readonly netrc?: string
  readonly sftp: SftpAccess
  /** Through which proxies buckets and files over https are reached; none unless told. */
  readonly proxies?: Proxies
}

export interface SftpAccess {
  readonly password?: string
  /** The path of a private key; those of `~/.ssh` unless told. */
  readonly key?: string
  /** Opens the private key. */
  readonly passphrase?: string
  /** The socket of an agent. */
  readonly agent?: string
  /** The path of a file of host keys; `~/.ssh/known_hosts` and `/etc/ssh/ssh_known_hosts` unless told. */
  readonly knownHosts?: string
  /** The host key that is expected, as `SHA256:…`; then known hosts are not asked. */
  readonly hostKey?: string
}
