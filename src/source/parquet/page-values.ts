import { decompressPage, readDataPage, readDataPageV2 } from 'hyparquet/src/datapage.js'
import type { CompressionCodec, PageHeader, ParquetType, SchemaElement, SchemaTree } from 'hyparquet'
import { decompressors } from './decompressors.ts'
import type { ToJson } from './parquet-values.ts'
import { plainValues } from './plain-values.ts'
import type { Fill } from './plain-values.ts'
import { RleHybrid } from './rle-hybrid.ts'

/** How a column without lists is written. */
export interface ColumnFacts {
  readonly pathInSchema: string[]
  readonly type: ParquetType
  readonly element: SchemaElement
  readonly schemaPath: SchemaTree[]
  readonly codec: CompressionCodec
  readonly maxDefinition: number
  /** Arrays of bytes are texts. */
  readonly isText: boolean
  readonly toJson: ToJson
}

/** The values of a page, made when they are asked for: JSON, null where there is none, or a `BrokenValue`. */
export interface PageValues {
  readonly count: number
  readonly fill: Fill
}

/** Opens a data page of a column without lists. `dictionary`: its values as JSON, where it refers to such. */
export function openPage(
  packed: Buffer,
  header: PageHeader,
  facts: ColumnFacts,
  dictionary: readonly unknown[] | undefined,
): PageValues {
  const { bytes, levels, start, count, encoding } =
    header.type === 'DATA_PAGE_V2' ? unpackV2(packed, header, facts) : unpackV1(packed, header, facts)
  const fill = encoding.endsWith('_DICTIONARY')
    ? dictionaryValues(bytes, start, dictionary)
    : asJson(plainly(bytes, { start, encoding, facts }) ?? decodeWhole(packed, header, facts), facts.toJson)
  return { count, fill: levels === undefined ? fill : fillWhere(levels, facts.maxDefinition, fill) }
}

function asJson(fill: Fill, toJson: ToJson): Fill {
  return (values, from, to) => {
    fill(values, from, to)
    for (let at = from; at < to; at++) values[at] = toJson(values[at])
  }
}

/** The same value each time. (An array's own `fill` ends with the array.) */
function repeat(value: unknown): Fill {
  return (values, from, to) => {
    for (let at = from; at < to; at++) values[at] = value
  }
}

/** Values stand where the level is the highest: in most columns, for all rows of a page at once. */
function fillWhere(levels: RleHybrid, highest: number, fill: Fill): Fill {
  const fillNull = repeat(null)
  return (values, from, to) => {
    for (let at = from; at < to;) {
      const end = at + levels.passSame(to - at)
      if (levels.value === highest) fill(values, at, end)
      else fillNull(values, at, end)
      at = end
    }
  }
}

interface Unpacked {
  readonly bytes: Buffer
  readonly levels: RleHybrid | undefined
  /** Where the values begin. */
  readonly start: number
  readonly count: number
  readonly encoding: string
}

function unpackV1(packed: Buffer, header: PageHeader, { codec, maxDefinition }: ColumnFacts): Unpacked {
  const page = header.data_page_header
  if (page === undefined) throw new Error('a page has no header of its own')
  const bytes = bufferOf(decompressPage(packed, header.uncompressed_page_size, codec, decompressors))
  const { num_values: count, encoding } = page
  if (maxDefinition === 0) return { bytes, levels: undefined, start: 0, count, encoding }
  const end = 4 + bytes.readUInt32LE(0)
  return { bytes, levels: levelsOf(bytes, 4, end, maxDefinition), start: end, count, encoding }
}

function unpackV2(packed: Buffer, header: PageHeader, { codec, maxDefinition }: ColumnFacts): Unpacked {
  const page = header.data_page_header_v2
  if (page === undefined) throw new Error('a page has no header of its own')
  const {
    num_values: count,
    encoding,
    definition_levels_byte_length: defined,
    repetition_levels_byte_length: repeated,
  } = page
  const end = repeated + defined
  const rest = packed.subarray(end)
  const size = header.uncompressed_page_size - end
  const bytes = page.is_compressed && size > 0 ? bufferOf(decompressPage(rest, size, codec, decompressors)) : rest
  const levels = maxDefinition === 0 ? undefined : levelsOf(packed, repeated, end, maxDefinition)
  return { bytes, levels, start: 0, count, encoding }
}

function levelsOf(bytes: Buffer, start: number, end: number, most: number): RleHybrid {
  return new RleHybrid(bytes, { start, end, width: 32 - Math.clz32(most) })
}

/** Values that are written plainly; undefined of the rarer encodings. */
function plainly(
  bytes: Buffer,
  { start, encoding, facts }: { start: number; encoding: string; facts: ColumnFacts },
): Fill | undefined {
  const { type, element, isText } = facts
  return encoding === 'PLAIN' ? plainValues(bytes, { start, type, length: element.type_length, isText }) : undefined
}

/** Values by their places in the dictionary. */
function dictionaryValues(bytes: Buffer, start: number, dictionary: readonly unknown[] | undefined): Fill {
  if (dictionary === undefined) throw new Error('a page refers to a dictionary that is not there')
  const width = bytes[start] ?? 0
  if (width === 0) return repeat(dictionary[0])
  const places = new RleHybrid(bytes, { start: start + 1, end: bytes.length, width })
  return (values, from, to) => {
    for (let at = from; at < to; at++) values[at] = dictionary[places.next()]
  }
}

/** The values of a page in one of the rarer encodings, all at once. */
function decodeWhole(packed: Buffer, header: PageHeader, facts: ColumnFacts): Fill {
  const { codec, type } = facts
  const { encoding } = header.data_page_header ?? header.data_page_header_v2 ?? {}
  // DuckDB writes differences of unsigned numbers in more than 32 bits.
  const isWider = type === 'INT32' && encoding === 'DELTA_BINARY_PACKED'
  const decoder = { ...facts, ...(isWider && { type: 'INT64' }), compressors: decompressors } as never
  const { dataPage } =
    header.data_page_header === undefined
      ? readDataPageV2(packed, header, decoder)
      : readDataPage(
          decompressPage(packed, header.uncompressed_page_size, codec, decompressors),
          header.data_page_header,
          decoder,
        )
  let next = 0
  return (values, from, to) => {
    for (let at = from; at < to; at++, next++)
      values[at] = isWider ? Number(BigInt.asIntN(32, dataPage[next] as bigint)) : dataPage[next]
  }
}

function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
