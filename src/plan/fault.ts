/** One thing that is wrong with a row, or that may be. */
export interface Fault {
  readonly message: string
  readonly hint?: string
  /** The message without the value: the same for all values that are wrong in the same way. */
  readonly kind: string
  /** The value, as the message quotes it. */
  readonly value?: string
}
