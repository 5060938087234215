import { DamagedJob } from '../../broker/damaged-jobs.ts'
import { JobFailure } from '../../broker/job-options.ts'
import { diskTroubleOf } from '../../disk-error.ts'
import { cleanWords } from '../../outside/clean-words.ts'
import type { Cause, Listener } from '../events.ts'
import { Stopped } from '../stopped.ts'

/** Gives what makes events of the broker's errors, and one of their coming again and again. */
export function reportBrokerErrors(on: Listener, now: () => number = () => performance.now()): (error: Error) => void {
  const recurs = watchRecurrence(now)
  return (error) => {
    const { message } = error
    // It comes back, and nobody has to know.
    if (error.cause instanceof Stopped) return
    const why = troubleIn(error instanceof JobFailure && error.cause instanceof Error ? error.cause : error)
    if (why !== undefined && recurs()) on({ kind: 'broker-troubled', why })
    if (error instanceof DamagedJob) on({ kind: 'broker-advice', text: message })
    else if (error instanceof JobFailure) on({ kind: 'job-failed', message, cause: causeOf(error) })
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

/** Undefined where it is none of Redis' own words: what a lost connection makes of commands is told otherwise. */
function troubleIn({ name, message }: Error): string | undefined {
  if (name !== 'ReplyError') return undefined
  // What stands behind may repeat the command, and with that the job and its members.
  const words = cleanWords(message.replace(/,? with args beginning with.*$| script: .*$/s, ''), MOST_WORDS)
  const hint = message.includes('WRONGTYPE') ? ` ${NOT_ALONE}` : ''
  return `Redis does not do what it is asked for: ${words}.${hint}`
}

const MOST_WORDS = 200
const NOT_ALONE =
  'Another program writes to keys that begin with {rollcall}: give rollcall a Redis, or a database of it, of its own.'

/** Whether what comes now has come for some seconds, and nobody was told of it for a while. */
function watchRecurrence(now: () => number): () => boolean {
  let since = -Infinity
  let last = -Infinity
  let toldAt = -Infinity
  return () => {
    const at = now()
    if (at - last > FORGOTTEN_AFTER_MS) since = at
    last = at
    if (at - since < TOLD_AFTER_MS || at - toldAt < TOLD_AGAIN_MS) return false
    toldAt = at
    return true
  }
}

const FORGOTTEN_AFTER_MS = 10_000
const TOLD_AFTER_MS = 4_000
const TOLD_AGAIN_MS = 60_000
