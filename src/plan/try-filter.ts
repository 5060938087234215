import type { Json } from '../model.ts'
import { makeFilter } from './filters.ts'

/** The share of values that a filter reads, 0 to 1; 0 where there are none, or the plan could not say it so. */
export function shareRead(name: string, args: readonly string[], values: readonly string[]): number {
  const read = reader(name, args)
  const count = values.filter((value) => read(value) !== undefined).length
  return count / Math.max(values.length, 1)
}

/** What a filter makes of a value; undefined where it does not read it. */
export function valueRead(name: string, args: readonly string[], value: string): Json | undefined {
  return reader(name, args)(value)
}

function reader(name: string, args: readonly string[]): (value: string) => Json | undefined {
  const filter = makeFilter(name, args, { tables: new Map(), earlier: [] })
  if ('mistake' in filter || filter.kind !== 'read') return () => undefined
  return (value) =>
    filter.read(
      value,
      () => undefined,
      () => undefined,
    )
}
