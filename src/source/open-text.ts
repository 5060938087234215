import type { SourceRow } from '../model.ts'
import { CsvReader } from './csv/csv-reader.ts'
import { decode } from './text/decode.ts'
import { nameEncoding } from './text/encoding.ts'
import { findLayout } from './csv/find-layout.ts'
import { guessEncoding } from './text/guess-encoding.ts'
import { foreignError } from './foreign.ts'
import { openJson } from './json/open-json.ts'
import type { SourceOptions } from './source-options.ts'
import { takeHead } from './pieces.ts'
import type { Pieces } from './pieces.ts'
import type { RecordReader } from './record-reader.ts'
import { beginsAsReport } from './report-header.ts'
import { otherLineEnd, replaceAll, withLineFeeds } from './text/other-line-ends.ts'
import { foreignText } from './text/foreign-text.ts'
import { partEndMark } from './text/part-end-mark.ts'
import { emptyError } from './rows.ts'
import type { Rows } from './rows.ts'
import { findNonWhite, isJson } from './source-format.ts'
import type { Unwrapped } from './unwrap.ts'

/** What is looked at before a text is read. The same for all, however the bytes come, so that what is found is too. */
const SAMPLE_BYTES = 256 * 1024

/** Decodes a text, finds its format and how it is written, and reads its header. */
export async function openText(
  { pieces: raw, progress, wrapping, innerName }: Extract<Unwrapped, { kind: 'text' }>,
  name: string,
  options: SourceOptions,
): Promise<Rows> {
  const sample = await takeHead(raw, SAMPLE_BYTES)
  // Our own reports have come about as RFC 4180 has it, whatever the file that they are of was like.
  const declared = beginsAsReport(sample.head) ? { quote: '"', escape: 'none', comment: options.comment } : options
  const { encoding, told } =
    declared.encoding === undefined
      ? guessEncoding(sample.head, { complete: sample.complete, name })
      : { encoding: nameEncoding(declared.encoding), told: false }
  const text = await takeHead(partEndMark(decode(sample.pieces, encoding)), SAMPLE_BYTES)
  const { pieces } = text
  // As much as is looked at, however the bytes come.
  const head = text.head.subarray(0, SAMPLE_BYTES)
  const complete = text.complete && head.length === text.head.length
  if (complete && findNonWhite(head) === head.length) throw emptyError(name)
  const foreign = options.format === undefined ? foreignText(head) : undefined
  if (foreign !== undefined) throw foreignError(name, foreign)

  const found = [...(wrapping === undefined ? [] : [wrapping]), ...(told ? [encoding] : [])]
  const { maxRecordBytes } = options
  if (options.format === undefined ? isJson(innerName, head) : options.format !== 'csv') {
    const known = options.format === 'csv' ? undefined : options.format
    const {
      reader,
      format,
      told: shape,
      ...said
    } = openJson(head, { name, complete, declared, format: known, encoding, maxRecordBytes })
    return rowsOf(reader, { format, told: [...found, ...shape], ...said, pieces, progress })
  }
  const lineEnd = otherLineEnd(head)
  const lines = lineEnd === undefined ? head : replaceAll(head, lineEnd.bytes)
  const layout = findLayout(lines, declared, { complete, name })
  const { columns } = declared
  const reader = new CsvReader(name, { ...layout, columns, encoding, maxRecordBytes })
  const records = lineEnd === undefined ? pieces : withLineFeeds(pieces, lineEnd)
  const first = await readHeader(reader, records, name)
  return rowsOf(reader, {
    format: 'csv',
    told: [...found, ...(lineEnd === undefined ? [] : [`lines that end with ${lineEnd.name}`]), ...layout.told],
    notes: layout.notes,
    first,
    pieces: records,
    progress,
  })
}

/** Reads until the header is there; gives the rows that came with it. */
async function readHeader(reader: RecordReader, pieces: Pieces, name: string): Promise<SourceRow[]> {
  const first: SourceRow[] = []
  while (reader.columns === undefined) {
    const next = await pieces.next()
    for (const row of next.done === true ? reader.end() : reader.read(next.value)) first.push(row)
    if (next.done === true && reader.columns === undefined) throw emptyError(name)
  }
  return first
}

function rowsOf(
  reader: RecordReader,
  {
    first = [],
    pieces,
    ...rest
  }: Pick<Rows, 'format' | 'told' | 'notes' | 'unread' | 'progress'> & { first?: SourceRow[]; pieces: Pieces },
): Rows {
  /** Bytes in front of the place at which reading begins. */
  let before = 0
  return {
    ...rest,
    columns: reader.columns,
    passedOver: () => reader.passedOver,
    places: {
      here: () => reader.place?.(),
      beginAt(place) {
        const skipped = reader.goTo?.(place)
        if (skipped === undefined) return false
        before = skipped
        first.length = 0
        return true
      },
    },
    handOver() {
      const handed = reader.handOver?.()
      return handed === undefined ? undefined : { first: first.splice(0), rest: handed, pieces }
    },
    async *read() {
      yield first.splice(0)
      for await (const piece of pieces) {
        const behind = piece.subarray(before)
        before -= piece.length - behind.length
        if (behind.length > 0) yield reader.read(behind)
      }
      yield reader.end()
    },
  }
}
