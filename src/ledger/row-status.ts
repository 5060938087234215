import type { LaneName, Outcome, ProgramOutcome, Status } from '../model.ts'

/** The statuses, worst first. */
export const statusOrder: readonly Status[] = ['invalid', 'rejected', 'failed', 'warned', 'ok', 'skipped']

/**
 * What a row comes to: the worst of its lanes, once every lane that it asks for has its outcome; undefined before.
 * A lane that was skipped leaves the status to the others. `invalid` decides at once, as nothing is sent of such a row.
 * A row that asks for nothing is `skipped`.
 */
export function rowStatus(
  asks: readonly LaneName[],
  outcomes: Record<LaneName, Pick<Outcome, 'status'>>,
): Status | undefined {
  const statuses = Object.values(outcomes).flatMap((outcome) => outcome?.status ?? [])
  if (statuses.includes('invalid')) return 'invalid'
  if (asks.some((lane) => outcomes[lane] === undefined)) return undefined
  return statusOrder.find((status) => statuses.includes(status)) ?? 'skipped'
}

/** Whether what was asked for a partner program is done. */
export function isProgramDone({ result }: Pick<ProgramOutcome, 'result'>): boolean {
  return result !== 'rejected' && result !== 'failed'
}
