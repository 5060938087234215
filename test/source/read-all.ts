import { Readable } from 'node:stream'
import type { SourceRow } from '../../src/model.ts'
import { openSource } from '../../src/source/open-source.ts'
import type { Source } from '../../src/source/open-source.ts'
import type { SourceOptions } from '../../src/source/source-options.ts'
import { furnitureOf } from '../../src/source/table/furniture.ts'

export interface Everything {
  readonly format: string
  readonly columns: readonly string[] | undefined
  readonly rows: readonly SourceRow[]
  readonly notes: readonly string[]
  readonly passedOver: Source['passedOver']
}

/** Reads a source to its end. `sizes`: the lengths of the pieces in which the bytes come, over and over. */
export async function readAll(
  content: string | Buffer,
  { sizes = [], ...options }: SourceOptions & { sizes?: readonly number[] } = {},
): Promise<Everything> {
  const source = await openSource(Readable.from(cut(Buffer.from(content), sizes)), options)
  try {
    const rows = (await Array.fromAsync(source.chunks())).flat()
    return { format: source.format, columns: source.columns, rows, notes: source.notes, passedOver: source.passedOver }
  } finally {
    await source.close()
  }
}

/** Whether a row is a record for sure: one that begins like a comment may be none, one without a letter or a digit may be none, and one text alone a note. */
export function isRecord(cells: readonly string[]): boolean {
  if (/^\s*(?:#|--|\/[/*])/.test(cells[0] ?? '')) return false
  return /[\p{L}\p{N}]/u.test(cells.join('')) && furnitureOf(cells, cells.length) === undefined
}

export function cellsOf(row: SourceRow | undefined): readonly string[] {
  if (row?.input.kind !== 'cells') throw new Error('a row of cells was expected')
  return row.input.cells
}

export function valueOf(row: SourceRow | undefined): unknown {
  if (row?.input.kind !== 'value') throw new Error('a row with a value was expected')
  return row.input.value
}

export function cut(bytes: Buffer, sizes: readonly number[]): Buffer[] {
  if (sizes.length === 0) return [bytes]
  const pieces: Buffer[] = []
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1
    pieces.push(bytes.subarray(at, at + size))
    at += size
  }
  return pieces
}
