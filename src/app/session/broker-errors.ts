import { JobFailure } from '../../broker/job-options.ts'
import { diskTroubleOf } from '../../disk-error.ts'
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
  if (!(cause instanceof Error)) return { message: String(cause) }
  // Of a full disk the end of the run tells, and where in the program that was says nothing.
  return diskTroubleOf(cause) === undefined
    ? { message: cause.message, stack: cause.stack }
    : { message: cause.message }
}
