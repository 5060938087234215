import { printable } from './printable.ts'

/** Names and their values, a line each; text of a file or of the API is made harmless. `width`: of the column of names. */
export function fieldLines(fields: readonly (readonly [name: string, value: string])[], width: number): string[] {
  return fields.map(([name, value]) => `  ${printable(name).padEnd(width)}  ${printable(value)}`)
}
