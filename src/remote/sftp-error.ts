import ssh2 from 'ssh2'
import { UsageError } from '../model.ts'
import { RemoteError, codeOf } from './remote-error.ts'

/** Whether the server says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return statusOf(error) === ssh2.utils.sftp.STATUS_CODE.NO_SUCH_FILE
}

/** What a server answers, in words. A fault of ours (a local file that cannot be read) comes back as it is. */
export function sftpError(name: string, error: unknown): unknown {
  if (error instanceof UsageError || (error instanceof Error && 'path' in error)) return error
  const { NO_SUCH_FILE, PERMISSION_DENIED, NO_CONNECTION, CONNECTION_LOST } = ssh2.utils.sftp.STATUS_CODE
  switch (statusOf(error)) {
    case NO_SUCH_FILE:
      return new RemoteError('lasting', `${name}: the server has no such file or folder. Check the address.`)
    case PERMISSION_DENIED:
      return new RemoteError('lasting', `${name}: the server does not allow that. Check what the user may do there.`)
    case undefined:
    case NO_CONNECTION:
    case CONNECTION_LOST:
      return new RemoteError(
        'passing',
        `${name}: the connection broke off (${codeOf(error) ?? messageOf(error)}). Try again later.`,
      )
    default:
      return new RemoteError('lasting', `${name}: the server answers "${messageOf(error)}". Ask its operator.`)
  }
}

/** The status code of an answer; undefined where the server has not answered. */
function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : undefined
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
