/** Why a file cannot be read and what to do, in sentences: of an error of the file system. `what`: how they begin. */
export function unreadableFile(what: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `${what} is not there. Check the path.`
    case 'EISDIR':
    case 'ERR_FS_EISDIR':
      return `${what} is a folder; a file was expected. Check the path.`
    case 'EACCES':
    case 'EPERM':
      return `${what} may not be read by this user. Check its permissions.`
    default:
      return `${what} cannot be read (${code ?? String(error)}).`
  }
}
