import type { Unread } from '../../source/rows.ts'

/** What a verdict says of what was not read, as of a column that is to be looked at: its name first. */
export function unreadRemarks(unread: readonly Unread[]): readonly string[] {
  return unread.map(({ what, message }) => `${what}: ${message}`)
}
