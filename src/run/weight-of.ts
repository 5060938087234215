import type { Input } from '../model.ts'
import type { Requests } from '../plan/compile-plan.ts'

/**
 * What a row in flight takes of this process' memory, in bytes: itself, its cells until the ledger has them, and its
 * requests, which are held here, in a job, and by the worker that sends them. Measured over all lanes: it errs upwards.
 */
export function weightOf(input: Input, requests: Requests): number {
  return ROW_BYTES + charactersIn(input) * 2 + JSON.stringify(requests).length * REQUEST_COPIES
}

const ROW_BYTES = 1_000
const REQUEST_COPIES = 3

function charactersIn(input: Input): number {
  if (input.kind === 'value') return JSON.stringify(input.value).length
  return input.cells.reduce((sum, cell) => sum + cell.length, 0)
}
