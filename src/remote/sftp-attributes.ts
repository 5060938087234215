import type { Stats } from 'ssh2'

/** What a server says of a file: each of its attributes may be missing. */
export type SftpAttributes = Partial<Pick<Stats, 'mode' | 'size' | 'mtime'>>

const TYPE_BITS = 0o170_000
const KINDS: Readonly<Record<number, string>> = { 0o100_000: '-', 0o040_000: 'd', 0o120_000: 'l' }

/**
 * What kind of thing it is, as `ls -l` begins its line: `-` a file, `d` a folder, `l` a link; undefined where the server
 * does not say. `longname`: the line itself, which some servers give in place of permissions.
 */
export function kindOf({ mode }: SftpAttributes, longname = ''): string | undefined {
  if (mode !== undefined && (mode & TYPE_BITS) !== 0) return KINDS[mode & TYPE_BITS] ?? '?'
  return /^[-dlbcps][-rwxsStT]{9}/.exec(longname)?.[0].charAt(0)
}

/** Whether it says all that there is to know: else asking for that file alone may tell more. */
export function isComplete(attributes: SftpAttributes): boolean {
  const { size, mtime } = attributes
  return kindOf(attributes) !== undefined && size !== undefined && mtime !== undefined
}

/** What differs when the content does, as far as the server says. */
export function versionOf({ size, mtime }: SftpAttributes): string | undefined {
  return size === undefined && mtime === undefined ? undefined : `${size ?? ''}-${mtime ?? ''}`
}
