import type { Json, SourceRow } from '../../model.ts'
import { UsageError } from '../../model.ts'
import type { RecordReader } from '../record-reader.ts'
import { parseJson } from './json-record.ts'

/** What is written column by column has its first row whole only at its end: it is held in memory up to this size. */
const MOST_BYTES = 32 * 1024 * 1024

/**
 * Reads one JSON object that has the values of each column in a list, or by row numbers, as pandas' to_json writes them.
 * Rejects where it is too long, broken, or has columns of different lengths: then no row is whole.
 */
export class JsonColumnsReader implements RecordReader {
  readonly columns = undefined
  readonly passedOver = []
  readonly #name: string
  readonly #pieces: Buffer[] = []
  #length = 0

  constructor(name: string) {
    this.#name = name
  }

  read(bytes: Buffer): SourceRow[] {
    this.#pieces.push(Buffer.from(bytes))
    this.#length += bytes.length
    if (this.#length > MOST_BYTES) throw this.#error(`is more than ${MOST_BYTES / 1024 / 1024} MiB of it`)
    return []
  }

  end(): SourceRow[] {
    const columns = this.#parse()
    const lengths = new Set(columns.map(([, values]) => values.length))
    if (lengths.size > 1) throw this.#error('has columns of different lengths')
    const [rows = 0] = lengths
    return Array.from({ length: rows }, (_, at) => ({
      row: at + 1,
      line: 1,
      input: { kind: 'value', value: Object.fromEntries(columns.map(([name, values]) => [name, values[at] ?? null])) },
    }))
  }

  #parse(): readonly (readonly [name: string, values: readonly Json[]])[] {
    let value: Json
    try {
      value = parseJson(Buffer.concat(this.#pieces.splice(0)).toString('utf8'))
    } catch {
      throw this.#error('is broken or cut off')
    }
    return Object.entries(value ?? {}).map(([name, values]) => [name, Object.values(values ?? {})] as const)
  }

  #error(what: string): UsageError {
    return new UsageError(
      `${this.#name} is JSON that is written column by column, and ${what}. Write its records one by one (pandas: \`to_json(orient="records", lines=True)\`).`,
    )
  }
}
