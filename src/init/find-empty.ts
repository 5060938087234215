import { LookalikeWatch } from '../plan/lookalikes.ts'
import type { SampledColumn } from './sample-columns.ts'

/**
 * The columns without words that look like nothing, and these words, those of most rows first: what is left shows what a
 * column is.
 */
export function findEmpty(columns: readonly SampledColumn[]): {
  readonly columns: readonly SampledColumn[]
  readonly empty: readonly string[]
} {
  const rows = new Map<string, number>()
  const left = columns.map((column) => {
    const watch = new LookalikeWatch()
    // A plan names a cell's whole text.
    const texts = column.padded ?? column.values
    for (const text of texts) watch.see(text)
    const found = watch.found()
    if (found.length === 0) return column
    for (const { text, rows: met } of found) rows.set(text, (rows.get(text) ?? 0) + met)
    const words = new Set(found.map(({ text }) => text))
    const isLeft = (_: string, at: number) => !words.has(texts[at] ?? '')
    return {
      ...column,
      values: column.values.filter(isLeft),
      ...(column.padded !== undefined && { padded: column.padded.filter(isLeft) }),
    }
  })
  const empty = Array.from(rows).toSorted(([, a], [, b]) => b - a)
  return { columns: left, empty: empty.map(([text]) => text) }
}
