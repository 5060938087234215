import { UsageError } from '../model.ts'

export type SourceFormat = 'csv' | 'jsonl'

/** The format that a file's name says, or else its first byte that is not white space: `{` starts JSONL. */
export function guessFormat(name: string, head: Buffer): SourceFormat {
  if (/\.(?:jsonl|ndjson|json)$/i.test(name)) return 'jsonl'
  if (/\.csv$/i.test(name)) return 'csv'
  return head[findNonWhite(head)] === OPENING_BRACE ? 'jsonl' : 'csv'
}

/** The place of the first byte that is not white space, or the length. */
export function findNonWhite(bytes: Buffer): number {
  let at = 0
  while (at < bytes.length && WHITE.includes(bytes[at] ?? 0)) at++
  return at
}

/**
 * Takes the UTF-8 byte order mark off a file's first bytes.
 * Throws UsageError where they show a file that is not UTF-8 text at all. (Other encodings and compression belong here.)
 */
export function decodeHead(name: string, head: Buffer): Buffer {
  for (const { start, what, remedy } of FOREIGN) {
    if (head.subarray(0, start.length).equals(start)) {
      throw new UsageError(`${name} is ${what}; CSV or JSON Lines in UTF-8 was expected. ${remedy}`)
    }
  }
  return head.subarray(0, BOM.length).equals(BOM) ? head.subarray(BOM.length) : head
}

const BOM = Buffer.from([0xef, 0xbb, 0xbf])
const WHITE = [0x20, 0x09, 0x0a, 0x0d]
const OPENING_BRACE = 0x7b

const FOREIGN = [
  { start: Buffer.from([0xff, 0xfe]), what: 'UTF-16 text', remedy: 'Save it as "CSV UTF-8".' },
  { start: Buffer.from([0xfe, 0xff]), what: 'UTF-16 text', remedy: 'Save it as "CSV UTF-8".' },
  { start: Buffer.from([0x1f, 0x8b]), what: 'compressed (gzip)', remedy: 'Unpack it first (gunzip).' },
  {
    start: Buffer.from('PK\x03\x04'),
    what: 'a spreadsheet or a zip archive',
    remedy: 'Save the sheet as "CSV UTF-8".',
  },
  { start: Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), what: 'a spreadsheet', remedy: 'Save the sheet as "CSV UTF-8".' },
]
