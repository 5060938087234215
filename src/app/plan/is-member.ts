import { isDatum } from '../../source/header-notes.ts'
import { meaningOf, saysNothing } from '../../init/recognise-header.ts'
import type { SampledColumn } from '../../init/sample-columns.ts'

/**
 * Whether what stands in the place of a header is a member: it holds an e-mail, which no column is called, or a phone or a
 * date above others; or it says nothing of its columns, and a number or an id is made as those below it are.
 */
export function isMember(header: readonly string[], columns: readonly SampledColumn[]): boolean {
  if (header.some((cell) => cell.includes('@') && isDatum(cell))) return true
  if (header.some((cell) => meaningOf(cell) !== undefined)) return false
  return header.some((cell, at) => {
    const values = columns[at]?.values ?? []
    // `F1` above `F10` is what programs call columns without a name.
    if (values.length < FEWEST || !/\d/.test(cell) || (/\p{L}/u.test(cell) && saysNothing(cell))) return false
    const isLike = isDatum(cell) ? isDatum : (value: string) => makeOf(value) === makeOf(cell)
    return values.filter(isLike).length >= values.length * MOSTLY
  })
}

const FEWEST = 2
const MOSTLY = 0.8

/** Letters and digits by their kind, a row of one kind as one: `M-00123` and `M-7` are made alike. */
function makeOf(text: string): string {
  return text
    .trim()
    .replaceAll(/\p{Nd}+/gu, '9')
    .replaceAll(/\p{L}+/gu, 'a')
}
