import type { Job, Queue, Worker } from 'bullmq'
import type { RedisConnection } from './redis-connection.ts'
import type { WorkerRegistry } from './worker-registry.ts'

/**
 * What a run asks of whoever holds its jobs. No state: the run goes on. `few-left`: so it does, but nothing is left of it but
 * a few rows, so that what refuses them is no word on others. `last-rows`: likewise, and an outage has left them before, so
 * that what gives them no answer costs them attempts as well: nobody else is there to tell by whether the host is away.
 */
export type RunState = 'running' | 'few-left' | 'last-rows' | 'parked' | 'cancelled'

/** Where the queues live. The same above Redis and the embedded database. */
export interface Broker {
  readonly kind: 'redis' | 'embedded'
  /** Its connection, for what else all processes share. */
  readonly redis?: RedisConnection
  /** Who works on its lanes. */
  readonly registry: WorkerRegistry
  /** The queue of that name; opened once, closed with the broker. */
  queue<Data>(name: string): Queue<Data, void, string>
  /** A worker on the queue of that name. Whoever opens it closes it. */
  worker<Data>(name: string, process: Process<Data>, options: WorkerSettings): Worker<Data, void, string>
  /**
   * Writes what a job holds that the caller has in hand. False where it is no longer the caller's: the broker lost it, or
   * gave it to somebody else.
   */
  writeHeld(job: Job, token: string, field: HeldField): Promise<boolean>
  /**
   * Puts a job back that the caller has in hand, to come again after so many milliseconds, whatever the wall clocks of the
   * machines say; undefined: when it is called back by `promote`.
   */
  putBack(job: Job, token: string, afterMs: number | undefined): Promise<void>
  /** Tells workers everywhere what a run asks of them. */
  setRunState(run: string, state: RunState): Promise<void>
  runState(run: string): Promise<RunState>
  /**
   * Another one each time the broker may have gone back to an earlier state of its own, as a Redis that keeps snapshots
   * does when it restarts: jobs of another generation may be done long since. Undefined where that does not happen.
   */
  generation(): Promise<string | undefined>
  /** Called with a sentence (without its end) when it cannot be worked with, and without when it is back. */
  onConnection(listener: (away: string | undefined) => void): void
  /** Why it cannot be worked with at this moment: everything that needs it waits. */
  away(): string | undefined
  /** Does something again for as long as it is refused for the time being; single commands do that by themselves. */
  patiently<T>(work: () => Promise<T>): Promise<T>
  /** For a stop while it is away: whatever waits for it fails, now and later. */
  abandon(): void
  /** What should be set up otherwise, a sentence each: for people, once at the start. */
  advice(): Promise<string[]>
  close(): Promise<void>
}

export type Process<Data> = (job: Job<Data, void, string>, token: string | undefined) => Promise<void>

/** What a job holds: its data, or how far it has come. */
export interface HeldField {
  readonly name: 'data' | 'progress'
  readonly value: unknown
}

export interface WorkerSettings {
  /** Jobs at a time. */
  readonly concurrency: number
  /** Jobs of the queue are put back for a while, and this worker calls back those whose time has come. */
  readonly putsBack?: boolean
  readonly onError: (error: Error) => void
}
