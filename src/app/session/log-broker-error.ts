import type { Logger } from 'pino'
import { JobFailure } from '../../broker/job-options.ts'

/** Connections that come and go are worth a word to who asks for it; a job that cannot be worked on, to everybody. */
export function logBrokerError(log: Logger): (error: Error) => void {
  return (error) => {
    if (error instanceof JobFailure) log.error({ err: wordsOf(error.cause) }, error.message)
    else log.warn({ err: { message: error.message } }, 'the broker reported an error')
  }
}

/** An error of Redis carries the command that it refused, and with that the job and its members. */
function wordsOf(cause: unknown): { readonly message: string; readonly stack?: string | undefined } {
  return cause instanceof Error ? { message: cause.message, stack: cause.stack } : { message: String(cause) }
}
