/** How rows may share requests. */
interface Sharing<Row> {
  readonly rowsPerRequest: number
  /** Rows that differ in it share none. */
  groupOf(row: Row): string
}

/** The rows of each request, in their order: as many as it carries, of one group. */
export function shareRequests<Row>(
  rows: readonly Row[],
  { rowsPerRequest, groupOf }: Sharing<Row>,
): readonly (readonly Row[])[] {
  const open = new Map<string, Row[]>()
  const requests: Row[][] = []
  for (const row of rows) {
    const group = groupOf(row)
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
