import { Readable } from 'node:stream'
import { zstdDecompress } from 'node:zlib'
import avsc from 'avsc'
import type { Schema } from 'avsc'
import { snappyUncompress } from 'hyparquet'
import { type SourceRow, UsageError } from '../../model.ts'
import { InputChanged } from '../file-stamp.ts'
import type { Bytes } from '../open-bytes.ts'
import { BrokenValue } from '../parquet/broken-value.ts'
import type { Pieces } from '../pieces.ts'
import type { Rows } from '../rows.ts'
import { avroJson } from './avro-values.ts'
import { boundCounts } from './bounded-counts.ts'
import { logicalTypes } from './logical-types.ts'
import { longType } from './long-type.ts'
import { soundSchema } from './sound-schema.ts'

const ROWS_AT_ONCE = 1_000

boundCounts()

/**
 * The records of an Avro file (https://avro.apache.org/docs/current/specification/#object-container-files), block by block;
 * `line` is a record's place from 1. What is broken in it rejects with UsageError.
 */
export function openAvro(pieces: Pieces, name: string, progress: Bytes['progress']): Rows {
  return {
    format: 'avro',
    columns: undefined,
    told: ['Avro'],
    passedOver: () => [],
    progress,
    async *read() {
      let rows: SourceRow[] = []
      let row = 0
      const names = new Map<string, string>()
      for await (const record of decode(pieces, name, names)) {
        row++
        rows.push(toRow(record, row, names))
        if (rows.length < ROWS_AT_ONCE) continue
        yield rows
        rows = []
      }
      yield rows
    },
  }
}

/** `names`: takes what fields are called whose names Avro does not allow. */
async function* decode(
  pieces: Pieces,
  name: string,
  names: Map<string, string>,
): AsyncGenerator<unknown, void, undefined> {
  const decoder = new avsc.streams.BlockDecoder({
    // Codecs that are given take the place of its own.
    codecs: { ...avsc.streams.BlockDecoder.defaultCodecs(), snappy, zstandard },
    parseHook: (written: Schema) => {
      const sound = soundSchema(written)
      for (const [given, own] of sound.names) names.set(given, own)
      return avsc.Type.forSchema(sound.schema, { registry: { long: longType }, logicalTypes })
    },
  })
  let readError: Error | undefined
  let sync: Buffer | undefined
  let last: Buffer = Buffer.alloc(0)
  decoder.on('metadata', (_type: unknown, _codec: unknown, header: { readonly sync: Buffer }) => (sync = header.sync))
  async function* watch(): Pieces {
    for await (const piece of pieces) {
      last = Buffer.concat([last, piece.subarray(-SYNC_BYTES)]).subarray(-SYNC_BYTES)
      yield piece
    }
  }
  const bytes = Readable.from(watch())
  bytes.on('error', (error: Error) => {
    readError = error
    decoder.destroy(error)
  })
  bytes.pipe(decoder)
  try {
    yield* decoder as AsyncIterable<unknown>
    // Of a file that was cut off, the library gives the blocks before the cut and no word.
    if (sync === undefined || !last.equals(sync)) throw new Error('it ends too early')
  } catch (error) {
    if (error instanceof InputChanged) throw error
    if (readError !== undefined) throw readError
    const why = error instanceof Error ? error.message : String(error)
    throw new UsageError(
      `${name} is an Avro file that cannot be read (${why}). Get the file again, or write it with the codec deflate, snappy or zstandard.`,
      { cause: error },
    )
  } finally {
    bytes.destroy()
  }
}

function toRow(record: unknown, row: number, names: ReadonlyMap<string, string>): SourceRow {
  const value = avroJson(record, names)
  if (value instanceof BrokenValue) {
    const problem = `line ${row}: a value holds ${value.what}; text was expected. Remove it, or export the file anew.`
    return { row, line: row, input: { kind: 'value', value: null }, problem }
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return { row, line: row, input: { kind: 'value', value } }
  return {
    row,
    line: row,
    input: { kind: 'value', value },
    problem: `line ${row}: the record is no object of named fields; one was expected.`,
  }
}

type Decompress = (data: Buffer, done: (error: Error | null, bytes?: Buffer) => void) => void

/** A block's length comes first, and the checksum of what it unpacks to behind it. */
const snappy: Decompress = (data, done) => {
  try {
    let length = 0
    for (let at = 0, shift = 0; ; at++, shift += 7) {
      const byte = data[at] ?? 0
      length += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) break
    }
    if (length > MOST_BLOCK_BYTES) throw new Error('a block is too large')
    const bytes = Buffer.alloc(length)
    snappyUncompress(data.subarray(0, -4), bytes)
    done(null, bytes)
  } catch (error) {
    done(error instanceof Error ? error : new Error(String(error)))
  }
}

const zstandard: Decompress = (data, done) => {
  zstdDecompress(data, { maxOutputLength: MOST_BLOCK_BYTES }, done)
}

/** Each block ends with a mark that the file's header names, and so does a header without blocks. */
const SYNC_BYTES = 16
const MOST_BLOCK_BYTES = 256 * 1024 * 1024
