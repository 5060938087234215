import { open } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { parquetMetadataAsync } from 'hyparquet'
import type { AsyncBuffer, FileMetaData } from 'hyparquet'
import { type SourceRow, UsageError } from '../../model.ts'
import { InputChanged } from '../file-stamp.ts'
import type { Bytes } from '../open-bytes.ts'
import type { Rows } from '../rows.ts'
import { CODECS } from './decompressors.ts'
import { readGroup } from './read-group.ts'
import type { ParquetFile, ParquetRow } from './read-group.ts'

/**
 * Opens a Parquet file on disk: a row is an object of its columns, those within others nested; `line` is its place from 1.
 * `outside` is the same file, opened before. Throws UsageError where it is broken, or written in a way that is not read.
 */
export async function openParquet(
  path: string,
  name: string,
  outside: Pick<Bytes, 'refuseChange'>,
): Promise<Rows & { close(): Promise<void> }> {
  const file = await open(path)
  const guard = guardFor(name, outside)
  try {
    const { size } = await file.stat()
    const buffer = bufferOf(file, size)
    const metadata = await guard(() => parquetMetadataAsync(buffer))
    refuseUnread(metadata, name)
    let bytesRead = 0
    return {
      format: 'parquet',
      columns: undefined,
      told: ['Parquet'],
      passedOver: () => [],
      progress: () => ({ bytesRead, bytesTotal: size }),
      async *read() {
        let row = 0
        for (const group of metadata.row_groups) {
          const reading = readGroup({ file, buffer, metadata } satisfies ParquetFile, group, row)
          for (;;) {
            const next = await guard(() => reading.next())
            await outside.refuseChange()
            if (next.done === true) break
            yield next.value.map((each) => toRow(each, ++row))
            bytesRead = Math.floor((size * row) / Number(metadata.num_rows))
          }
        }
        bytesRead = size
      },
      close: () => file.close(),
    }
  } catch (error) {
    await file.close()
    throw error
  }
}

function toRow({ value, fault }: ParquetRow, row: number): SourceRow {
  const input = { kind: 'value', value } as const
  if (fault === undefined) return { row, line: row, input }
  const problem = `line ${row}, ${JSON.stringify(fault.field)}: the value holds ${fault.what}; text was expected. Remove it, or export the file anew.`
  return { row, line: row, input, problem }
}

function bufferOf(file: FileHandle, size: number): AsyncBuffer {
  return {
    byteLength: size,
    async slice(start, end = size) {
      const bytes = new Uint8Array(end - start)
      await file.read(bytes, 0, bytes.length, start)
      return bytes.buffer
    },
  }
}

function refuseUnread({ row_groups: groups }: FileMetaData, name: string): void {
  const codec = groups
    .flatMap(({ columns }) => columns.map((column) => column.meta_data?.codec))
    .find((each) => each !== undefined && !CODECS.has(each))
  if (codec === undefined) return
  throw new UsageError(
    `${name} is Parquet compressed with ${codec}, which is not read. Write it with Snappy, zstd or gzip (pyarrow: \`compression="zstd"\`).`,
  )
}

/** Runs a step of reading; what is broken in the file is told as such. */
function guardFor(name: string, outside: Pick<Bytes, 'refuseChange'>): <T>(step: () => Promise<T>) => Promise<T> {
  return async (step) => {
    try {
      return await step()
    } catch (error) {
      if (error instanceof InputChanged || error instanceof UsageError) throw error
      await outside.refuseChange()
      const why = error instanceof Error ? error.message : String(error)
      throw new UsageError(`${name} is a broken Parquet file (${why}). Get the file again.`, { cause: error })
    }
  }
}
