import type { Parameters } from '../model.ts'

/** Equal for requests that may share one HTTP request, as their headers and query are equal. */
export function groupByParameters(request: { readonly headers?: Parameters; readonly query?: Parameters }): string {
  const { headers, query } = request
  return headers === undefined && query === undefined ? '' : JSON.stringify([headers, query])
}
