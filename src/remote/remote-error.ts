import { UsageError } from '../model.ts'
import { asksForLogin, tunnelAnswer } from '../proxy/tunnel-error.ts'

/**
 * `passing`: the same may go well later with nothing changed on our side (a lost connection, a busy server).
 * `changed`: the file is not what it was a moment ago; later, it may be whole. `lasting`: somebody must do something.
 */
export type Trouble = 'passing' | 'changed' | 'lasting'

/** A remote place that does not give or take a file. The message names the place without credentials. */
export class RemoteError extends UsageError {
  override name = 'RemoteError'
  readonly trouble: Trouble

  constructor(trouble: Trouble, message: string) {
    super(message)
    this.trouble = trouble
  }
}

/** What is told of a file that is not what it was a moment ago. */
export function changedError(name: string): RemoteError {
  return new RemoteError(
    'changed',
    `${name} changed while it was being read: it is probably still being written. Nothing of it was taken. Try again when it is whole.`,
  )
}

/** A proxy may answer otherwise the next time; one that wants to know who we are will not. */
export function proxyError(name: string, error: unknown): RemoteError {
  const answer = tunnelAnswer(error instanceof Error ? error.message : '')
  const said = `${name}: the proxy does not let us through (${answer ?? 'it gives no answer'})`
  return asksForLogin(answer)
    ? new RemoteError('lasting', `${said}. Give the user and password that it asks for in HTTPS_PROXY.`)
    : new RemoteError('passing', `${said}. Try again later, or look at HTTPS_PROXY and NO_PROXY.`)
}

/** The code of Node's own errors: ECONNREFUSED, ENOTFOUND, … */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
