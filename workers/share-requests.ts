import type { Lane, LaneRow } from '../src/lanes/lane.ts'

/** The rows of each request, in their order: as many as it carries, of one group. */
export function shareRequests<Row extends LaneRow>(
  rows: readonly Row[],
  { rowsPerRequest, groupOf }: Pick<Lane, 'rowsPerRequest' | 'groupOf'>,
): readonly (readonly Row[])[] {
  const open = new Map<string, Row[]>()
  const requests: Row[][] = []
  for (const row of rows) {
    const group = groupOf?.(row.request) ?? ''
    let request = open.get(group)
    if (request === undefined || request.length === rowsPerRequest) {
      request = []
      open.set(group, request)
      requests.push(request)
    }
    request.push(row)
  }
  return requests
}
