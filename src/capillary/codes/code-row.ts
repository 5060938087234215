/**
 * What a code means for the request that got it.
 * Errors: retry (it may pass), final (it would be said again), exists (the member or the link is there already),
 * halt (every row would get it). Warnings: benign, or lossy (something was dropped or merged). Success codes: done.
 */
export type CodeClass = 'retry' | 'final' | 'exists' | 'halt' | 'benign' | 'lossy' | 'done'

/** One line of a table: code, class, meaning, what to do about it. */
export type CodeRow = readonly [code: number, kind: CodeClass, meaning: string, remedy: string, more?: CodeDetail]

export interface CodeDetail {
  /** Two meanings share the code: this one applies where the message fits. */
  readonly when?: RegExp
  /** Retry: what was asked may have been carried out all the same. */
  readonly ambiguous?: true
  /** Retry: it is not about this member, the API as a whole may be down. */
  readonly scope?: 'transport'
  /** Retry: it is about this member alone. */
  readonly ofRowAlone?: true
}
