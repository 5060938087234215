/** What every reader of text is told. */
export interface TextOptions {
  /** What the file's bytes were before they were UTF-8; UTF-8 unless told. */
  readonly encoding?: string | undefined
  /** Longer records are problem rows; bytes, `MAX_RECORD_BYTES` unless told. */
  readonly maxRecordBytes?: number | undefined
}
