/** What a query gives: the names of its columns, and its rows as they come, each with a text or null for each column. */
export interface QueryRows {
  readonly columns: readonly string[]
  rows(): AsyncIterable<readonly (readonly (string | null)[])[]>
  /** The same as the database itself writes CSV: NULL is an empty cell, a line ends with LF. Undefined where it writes none. */
  csv?(): Promise<AsyncIterable<Uint8Array> | undefined>
  /** Ends the query, and lets the database go. */
  close(): Promise<void>
}

/** A query: its text, and whether somebody has asked to stop. */
export interface Asked {
  readonly sql: string
  readonly signal: AbortSignal
}

/** Rows that are fetched at a time. */
export const BATCH_ROWS = 2_000

/** Bytes as a text: that of UTF-8 where they are one, or else hexadecimal digits behind `\x`, as PostgreSQL writes them. */
export function textOfBytes(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes)
  } catch {
    return `\\x${Buffer.from(bytes).toString('hex')}`
  }
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
