import type { V1World } from './v1-world.ts'

/** The message of 1060 where a request names too many members; undefined where it does not. */
export function limitSaid(
  sent: number,
  limit: number | undefined,
  { org, fault }: Pick<V1World, 'org' | 'fault'>,
): string | undefined {
  if (sent > 1 && fault === 'batch1060') return 'Batch limit exceeded'
  if (sent > 1 && fault === 'batch1060Number') return `Exceeded maximum limit size of ${Math.ceil(sent / 2)}`
  if (limit === undefined || sent <= limit) return undefined
  return org.batch.says ? `Exceeded maximum limit size of ${limit}` : 'Batch limit exceeded'
}
