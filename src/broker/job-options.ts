/**
 * Job and worker options that hold on every broker. A job whose holder died is noticed when its lock ends, and is
 * taken up again however often that happens; a job that is done leaves nothing behind.
 */
export const jobOptions = {
  removeOnComplete: true,
  removeOnFail: true,
  // A processor throws only for faults of ours or of the broker's: its job must come back, not be lost.
  attempts: 1_000_000,
  backoff: { type: 'fixed', delay: 2_000 },
  stackTraceLimit: 1,
} as const

export const workerOptions = {
  lockDuration: 10_000,
  stalledInterval: 4_000,
  maxStalledCount: 1_000_000,
  drainDelay: 2,
  // After a command that the connection lost. It also keeps a worker from closing.
  runRetryDelay: 1_000,
  // Of a job that has lost its own options.
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 },
  // See keep-locks.ts.
  skipLockRenewal: true,
} as const

/** Every key of ours begins with this. The braces put them all on one node of a Cluster, as BullMQ's scripts need them. */
export const PREFIX = '{rollcall}'

/** What kept a job from being worked on. It comes back, so that nothing is lost; but somebody should know. */
export class JobFailure extends Error {
  override name = 'JobFailure'
}

export function jobFailed(cause: Error): JobFailure {
  return new JobFailure(`a job could not be worked on, and is tried again: ${cause.message}`, { cause })
}
