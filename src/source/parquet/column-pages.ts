import type { FileHandle } from 'node:fs/promises'
import type { ColumnChunk, PageHeader, SchemaTree } from 'hyparquet'
import { parquetHeader, readPage } from 'hyparquet/src/column.js'
import { getMaxDefinitionLevel } from 'hyparquet/src/schema.js'
import type { Json } from '../../model.ts'
import type { BrokenValue } from './broken-value.ts'
import { decompressors } from './decompressors.ts'
import { openPage } from './page-values.ts'
import type { PageValues } from './page-values.ts'
import { isText, jsonOf } from './parquet-values.ts'

/** A column of a row group, page by page: of its values, only those of a page's dictionary are held. */
export interface ColumnPages {
  readonly path: readonly string[]
  /** The next page; undefined behind the last. */
  next(): Promise<PageValues | undefined>
}

/** Bytes that are read at once, while they go as far. */
const WINDOW_BYTES = 256 * 1024
/** A larger page is broken, or holds no members. */
const MOST_PAGE_BYTES = 256 * 1024 * 1024

/** Opens a column without lists: each of its pages holds whole rows. `schemaPath` leads from the root to it. */
export function openColumn(file: FileHandle, chunk: ColumnChunk, schemaPath: SchemaTree[]): ColumnPages {
  const meta = chunk.meta_data
  const element = schemaPath.at(-1)?.element
  if (meta === undefined || element === undefined) throw new Error('a column has no metadata')
  const facts = {
    pathInSchema: meta.path_in_schema,
    type: meta.type,
    codec: meta.codec,
    // Its types are looked at here: what is decoded stays as it is stored.
    element: {
      name: element.name,
      type_length: element.type_length,
      repetition_type: element.repetition_type,
    } as SchemaTree['element'],
    schemaPath,
    maxDefinition: getMaxDefinitionLevel(schemaPath),
    isText: isText(element),
    toJson: jsonOf(element),
  }
  const { dictionary_page_offset: dictionaryAt = meta.data_page_offset, data_page_offset: dataAt } = meta
  const start = Number(dictionaryAt < dataAt ? dictionaryAt : dataAt)
  const window = new FileWindow(file, start, start + Number(meta.total_compressed_size))
  let dictionary: readonly (Json | BrokenValue)[] | undefined
  return {
    path: meta.path_in_schema,
    async next() {
      for (;;) {
        const header = await window.readHeader()
        if (header === undefined) return undefined
        if (header.uncompressed_page_size > MOST_PAGE_BYTES) throw new Error('a page is too large')
        const packed = await window.take(header.compressed_page_size)
        if (header.type === 'DICTIONARY_PAGE') {
          const decoder = { ...facts, compressors: decompressors, utf8: false } as never
          const { data } = readPage(readerOf(packed), header, decoder, undefined, undefined, 0)
          dictionary = Array.from(data ?? [], facts.toJson)
          continue
        }
        const page = openPage(packed, header, facts, dictionary)
        if (page.count > 0) return page
      }
    },
  }
}

/** A stretch of a file, read piece by piece from its start. */
class FileWindow {
  readonly #file: FileHandle
  readonly #end: number
  /** Where the bytes that are here end in the file. */
  #read: number
  #bytes: Buffer = Buffer.alloc(0)

  constructor(file: FileHandle, start: number, end: number) {
    this.#file = file
    this.#read = start
    this.#end = end
  }

  /** The header of the next page; undefined at the end. It tells its own length only by being read. */
  async readHeader(): Promise<PageHeader | undefined> {
    for (let wanted = HEADER_BYTES; ; wanted *= 4) {
      await this.#have(wanted)
      if (this.#bytes.length === 0) return undefined
      const reader = readerOf(this.#bytes)
      try {
        const header = parquetHeader(reader)
        this.#bytes = this.#bytes.subarray(reader.offset)
        return header
      } catch (error) {
        if (!(error instanceof RangeError) || this.#read >= this.#end || wanted > MOST_HEADER_BYTES) throw error
      }
    }
  }

  /** The next bytes, which must be there. */
  async take(length: number): Promise<Buffer> {
    await this.#have(length)
    if (this.#bytes.length < length) throw new Error('a page ends too early')
    const bytes = this.#bytes.subarray(0, length)
    this.#bytes = this.#bytes.subarray(length)
    return bytes
  }

  async #have(length: number): Promise<void> {
    if (this.#bytes.length >= length || this.#read >= this.#end) return
    const wanted = Math.min(Math.max(length - this.#bytes.length, WINDOW_BYTES), this.#end - this.#read)
    const more = Buffer.allocUnsafe(wanted)
    const { bytesRead } = await this.#file.read(more, 0, wanted, this.#read)
    if (bytesRead < wanted) throw new Error('the file ends too early')
    this.#read += bytesRead
    this.#bytes = Buffer.concat([this.#bytes, more])
  }
}

function readerOf(bytes: Buffer): { view: DataView; offset: number } {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 }
}

const HEADER_BYTES = 4096
const MOST_HEADER_BYTES = 1024 * 1024
