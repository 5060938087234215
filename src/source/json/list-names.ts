import { UsageError } from '../../model.ts'
import { isDatum } from '../header-notes.ts'
import type { ArrayOutline } from './outline.ts'

/**
 * Throws UsageError where the first of several lists, whose items would be the names of the others', holds a member's data:
 * the member would be lost among the names. Lists of other things than texts have no names at all.
 */
export function refuseUnnamed(sample: Buffer, { items }: ArrayOutline, name: string): void {
  const texts = items.flatMap(({ kind, start, end }) => (kind === 'string' ? [textAt(sample, start, end)] : []))
  const isPlain = items.every(({ kind }) => kind !== 'object' && kind !== 'array')
  const datum = texts.find((text) => isDatum(text) || /^[-+]?\d+(?:\.\d+)?$/.test(text))
  const areNames = texts.length === items.length && datum === undefined
  if (items.length === 0 || !isPlain || areNames) return
  throw new UsageError(
    `${name} holds lists of values, and the first of them names no columns${datum === undefined ? '' : `: it holds ${JSON.stringify(datum)}`}. ` +
      'Write objects, as {"external_id":"A1"}, or a list of the columns’ names before the others.',
  )
}

/** Throws UsageError where a list of values is all that stands on a line, and others follow on theirs. */
export function refuseLineLists(sample: Buffer, first: ArrayOutline, name: string): void {
  if (first.items.length === 0 || first.items.some(({ kind }) => kind === 'object' || kind === 'array')) return
  refuseUnnamed(sample, first, name)
  throw new UsageError(
    `${name} holds lists of values one after the other. Put them into one list, the names of the columns first: \`jq -s . ${name} > members.json\`.`,
  )
}

function textAt(sample: Buffer, start: number, end: number | undefined): string {
  try {
    return JSON.parse(sample.toString('utf8', start, end)) as string
  } catch {
    return ''
  }
}
