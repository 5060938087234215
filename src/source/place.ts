/**
 * A place between two rows, as data: another reading of the same bytes may begin there and gives the same rows. Only what
 * is read under the same plan by the same rollcall has the same places.
 */
export interface Place {
  /** The last row before it. */
  readonly row: number
  /** The line that begins there. */
  readonly line: number
  /** Bytes of the text before it, in UTF-8 and without a byte order mark. */
  readonly offset: number
  /** An empty line stands above it. */
  readonly afterBlank: boolean
}

/** Places of a source that is read from its beginning to its end. */
export interface Places {
  /** Where the rows end that were given so far; undefined where nobody could begin, as amid what was read in one go. */
  here(): Place | undefined
  /** Has reading begin there. To be asked before anything is read; false: it cannot, and begins at the first row. */
  beginAt(place: Place): boolean
  /**
   * How many of the file's bytes were read by now, and their sha256, hex: all that the rows so far are from. Undefined
   * unless the hash was asked for.
   */
  readSoFar(): { readonly bytes: number; readonly sha256: string } | undefined
}
