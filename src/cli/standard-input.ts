import type { Readable } from 'node:stream'

/** Standard input, opened where it is asked for alone. */
export function readStandardInput(): Readable {
  return process.stdin
}
