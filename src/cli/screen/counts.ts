import { formatCount } from '../../words.ts'
import type { Line, Style } from './span.ts'

export interface ShownCount {
  readonly count: number
  /** What is counted, in a word; where it is left out, the meaning says it all. */
  readonly name?: string
  readonly meaning: string
  readonly style?: Style | undefined
}

/** Counts below each other, set to the right, each with what it means. `nameWidth`: how wide the column of names is. */
export function countLines(counts: readonly ShownCount[], nameWidth = 0): readonly Line[] {
  const width = Math.max(...counts.map(({ count }) => formatCount(count).length), 1)
  return counts.map(({ count, name, meaning, style }) => {
    const named = name === undefined ? '' : ` ${name.padEnd(nameWidth)}`
    return [{ text: `  ${formatCount(count).padStart(width)}${named}`, style }, { text: `  ${meaning}` }]
  })
}
