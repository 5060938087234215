import type { BatchJob } from '../broker/jobs.ts'

/** Jobs as they are handed over at a time: what takes them in holds each several times over while it does. */
export function inParts<Job extends { readonly data: Pick<BatchJob, 'rows'> }>(jobs: readonly Job[]): Job[][] {
  const parts: Job[][] = []
  let rows = Infinity
  for (const job of jobs) {
    if (rows + job.data.rows.length > MOST_ROWS_AT_ONCE) {
      parts.push([])
      rows = 0
    }
    parts.at(-1)?.push(job)
    rows += job.data.rows.length
  }
  return parts
}

const MOST_ROWS_AT_ONCE = 1_000
