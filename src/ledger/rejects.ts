import type { Status } from '../model.ts'

export type RejectStatus = 'rejected' | 'failed' | 'invalid'

/** The statuses of the rows that rejects.csv holds: they are not done, and worth another try. */
export const rejectStatuses: readonly RejectStatus[] = ['rejected', 'failed', 'invalid']

export function isReject(status: Status | undefined): status is RejectStatus {
  return status === 'rejected' || status === 'failed' || status === 'invalid'
}

/** How many of the rows that are counted by status rejects.csv holds. */
export function countRejects({ rejected, failed, invalid }: Readonly<Record<RejectStatus, number>>): number {
  return rejected + failed + invalid
}
