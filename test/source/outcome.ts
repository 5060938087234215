import { expect } from 'vitest'
import { UsageError } from '../../src/model.ts'
import type { SourceOptions } from '../../src/source/source-options.ts'
import { readAll } from './read-all.ts'
import type { Everything } from './read-all.ts'

/** What is read, or the message of a refusal; anything else thrown is a fault of ours and fails the test. */
export async function outcome(
  content: Buffer,
  options: SourceOptions & { sizes?: readonly number[] } = {},
): Promise<Everything | { readonly refused: string }> {
  try {
    return await readAll(content, options)
  } catch (error) {
    if (error instanceof UsageError) return { refused: error.message }
    throw error
  }
}

/** Rows are counted from 1, and their lines do not go back. */
export function expectOrder({ rows }: Everything): void {
  expect(rows.map(({ row }) => row)).toEqual(rows.map((_, index) => index + 1))
  for (const [index, { line }] of rows.entries()) expect(line).toBeGreaterThanOrEqual(rows[index - 1]?.line ?? 1)
}
