import type { JobRow } from '../src/broker/jobs.ts'

/**
 * A row in the hands of a worker. Its times are of the process' own clock, which only goes forward; a job holds spans
 * instead, for the next worker may be on another machine, and no wall clock can be relied on.
 */
export interface OpenRow extends Omit<JobRow, 'failingForMs' | 'failed' | 'dueInMs'> {
  /** Since when attempts have failed, when the last one did, and when the next may be made. */
  readonly failingSince?: number
  readonly failedAt?: number
  readonly dueAt?: number
  /** When it was last refused, where it was. */
  readonly refusedAt?: number
}

/** The row of a job that was put back for so many milliseconds, which are over. */
export function openRow({ failingForMs, failed, dueInMs, ...row }: JobRow, putBackForMs: number): OpenRow {
  const now = performance.now()
  return {
    ...row,
    // How long the job waited for a worker counts against nobody.
    ...(failingForMs !== undefined && { failingSince: now - failingForMs - putBackForMs }),
    // What the host does to others is news from now on.
    ...(failed === true && { failedAt: now }),
    ...(row.refused !== undefined && { refusedAt: now }),
    ...(dueInMs !== undefined && dueInMs > putBackForMs && { dueAt: now + dueInMs - putBackForMs }),
  }
}

/** The row as its job holds it from now on. */
export function storedRow({ failingSince, failedAt, refusedAt: _refused, dueAt, ...row }: OpenRow): JobRow {
  const now = performance.now()
  return {
    ...row,
    ...(failingSince !== undefined && { failingForMs: Math.round(now - failingSince) }),
    ...(failedAt !== undefined && { failed: true }),
    ...(dueAt !== undefined && dueAt > now && { dueInMs: Math.round(dueAt - now) }),
  }
}
