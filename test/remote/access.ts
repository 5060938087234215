import type { RemoteAccess, SftpAccess } from '../../src/remote/access.ts'

/** Logs in as `sftp` says, with a home folder of the test's own. */
export function accessOf(homeFolder: string, sftp: SftpAccess = {}): RemoteAccess {
  return { homeFolder, user: 'nobody', sftp }
}
