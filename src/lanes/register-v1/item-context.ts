import type { OnExists } from '../../capillary/verdict.ts'

/** What a verdict depends on beside the reply. */
export interface AddSettings {
  readonly onExists: OnExists
  /** Milliseconds since the epoch. */
  readonly now: number
}

export interface ItemContext extends AddSettings {
  readonly requestId?: string
}
