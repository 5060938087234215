import { isRecord } from '../capillary/coerce.ts'
import type { Json } from '../model.ts'

/** The texts that a record has under these names. */
export function namesIn(record: Json | undefined, first: string, last: string): readonly string[] {
  if (!isRecord(record)) return NONE
  const firstName = record[first]
  const lastName = record[last]
  if (!isText(firstName)) return isText(lastName) ? [lastName] : NONE
  return isText(lastName) ? [firstName, lastName] : [firstName]
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== ''
}

const NONE: readonly string[] = []
