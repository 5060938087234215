/** What keeps a disk from taking what is written: it is full, takes no writes, the folder is gone or not ours, or it fails. */
export type DiskTrouble = 'full' | 'read-only' | 'gone' | 'denied' | 'failing'

/** A folder that was being written to was deleted or moved, or its disk was taken away. */
export class FolderGone extends Error {
  override name = 'FolderGone'
  readonly path: string

  constructor(path: string) {
    super(`${path} is gone`)
    this.path = path
  }
}

/**
 * What an error says of the disk, whoever it comes from: Node, SQLite, Postgres (of the embedded broker), or the file system
 * that Postgres sees. `unsure`: it could not open or write a file, and does not say why. Undefined for any other error.
 */
export function diskTroubleOf(error: unknown): DiskTrouble | 'unsure' | undefined {
  if (typeof error !== 'object' || error === null) return undefined
  if (error instanceof FolderGone) return 'gone'
  // What went wrong first says more than what went wrong while it was cleared away.
  if (error instanceof SuppressedError) return diskTroubleOf(error.suppressed) ?? diskTroubleOf(error.error)
  const { code, errcode, errno, name } = error as Readonly<Record<string, unknown>>
  if (typeof errcode === 'number') return SQLITE[errcode & 0xff]
  if (name === 'ErrnoError' && typeof errno === 'number') return WASI[errno]
  if (typeof code === 'string') return CODES[code]
  return 'cause' in error ? diskTroubleOf(error.cause) : undefined
}

/** Whether an error says that what stands in a database is damaged: its words, undefined where it does not. */
export function damageIn(error: unknown): string | undefined {
  if (error instanceof SuppressedError) return damageIn(error.suppressed) ?? damageIn(error.error)
  if (!(error instanceof Error)) return undefined
  const { errcode } = error as Readonly<Record<string, unknown>> & Error
  return typeof errcode === 'number' && DAMAGED.has(errcode & 0xff) ? error.message : damageIn(error.cause)
}

/** `SQLITE_CORRUPT` and `SQLITE_NOTADB`. */
const DAMAGED: ReadonlySet<number> = new Set([11, 26])

/** By the primary result code, https://sqlite.org/rescode.html. */
const SQLITE: Readonly<Record<number, DiskTrouble | 'unsure'>> = {
  8: 'read-only',
  10: 'failing',
  13: 'full',
  14: 'unsure',
}

/** By the error numbers of WASI, which Emscripten uses. */
const WASI: Readonly<Record<number, DiskTrouble | 'unsure'>> = {
  2: 'denied',
  19: 'full',
  22: 'full',
  29: 'failing',
  44: 'unsure',
  51: 'full',
  63: 'denied',
  69: 'read-only',
}

/** Of Node, and the SQLSTATEs of Postgres. */
const CODES: Readonly<Record<string, DiskTrouble | 'unsure'>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  EFBIG: 'full',
  EROFS: 'read-only',
  EIO: 'failing',
  ENXIO: 'failing',
  ESTALE: 'failing',
  EACCES: 'denied',
  EPERM: 'denied',
  ENOENT: 'unsure',
  ENOTDIR: 'unsure',
  53100: 'full',
  58030: 'failing',
}
