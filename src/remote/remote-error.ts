import { UsageError } from '../model.ts'

/** A remote place that does not give or take a file. The message names the place without credentials. */
export class RemoteError extends UsageError {
  override name = 'RemoteError'
  /** Whether the same may go well later with nothing changed on our side: a lost connection, a busy server. */
  readonly passing: boolean

  constructor(message: string, { passing, cause }: { passing: boolean; cause?: unknown }) {
    super(message, cause === undefined ? {} : { cause })
    this.passing = passing
  }
}

export function isPassing(error: unknown): boolean {
  return error instanceof RemoteError && error.passing
}

/** What is told of a file that is not what it was a moment ago. */
export function changedError(name: string): RemoteError {
  return new RemoteError(
    `${name} changed while it was being read: it is probably still being written. Nothing of it was taken. Try again when it is whole.`,
    { passing: true },
  )
}

/** The code of Node's own errors: ECONNREFUSED, ENOTFOUND, … */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
