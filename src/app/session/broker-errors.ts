import { JobFailure } from '../../broker/job-options.ts'
import type { Cause, Listener } from '../events.ts'

/** Gives what makes events of the broker's errors. */
export function reportBrokerErrors(on: Listener): (error: Error) => void {
  return (error) => {
    const { message } = error
    if (error instanceof JobFailure) on({ kind: 'job-failed', message, cause: causeOf(error) })
    else on({ kind: 'broker-error', message })
  }
}

/** An error of Redis carries the command that it refused, and with that the job and its members: its words alone go on. */
function causeOf({ cause }: JobFailure): Cause {
  return cause instanceof Error ? { message: cause.message, stack: cause.stack } : { message: String(cause) }
}
