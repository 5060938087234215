import type { Pieces } from '../pieces.ts'

/**
 * The sign that ends a text's lines where neither LF nor CR does: U+0085, as mainframes' NEL comes out of a conversion, U+2028
 * or U+2029. Undefined where it has others, or one line alone. `head`: its first bytes, in UTF-8.
 */
export function otherLineEnd(head: Buffer): OtherLineEnd | undefined {
  if (head.includes(LF) || head.includes(CR)) return undefined
  return SIGNS.find(({ bytes }) => head.includes(bytes))
}

export interface OtherLineEnd {
  /** As Unicode calls it. */
  readonly name: string
  readonly bytes: Buffer
}

/** The text with an LF in the place of each such sign. */
export async function* withLineFeeds(pieces: Pieces, { bytes }: OtherLineEnd): Pieces {
  let held: Buffer = Buffer.alloc(0)
  for await (const piece of pieces) {
    const all = held.length === 0 ? piece : Buffer.concat([held, piece])
    // The sign may go on in the next piece.
    const end = all.length - beginningLength(all, bytes)
    yield replaceAll(all.subarray(0, end), bytes)
    held = Buffer.from(all.subarray(end))
  }
  if (held.length > 0) yield held
}

/** How many bytes at the end of a piece are the sign's first ones, and not all of them. */
function beginningLength(piece: Buffer, sign: Buffer): number {
  for (let length = Math.min(sign.length - 1, piece.length); length > 0; length--) {
    if (piece.subarray(-length).equals(sign.subarray(0, length))) return length
  }
  return 0
}

export function replaceAll(piece: Buffer, sign: Buffer): Buffer {
  const parts: Buffer[] = []
  let from = 0
  for (let at = piece.indexOf(sign); at >= 0; at = piece.indexOf(sign, from)) {
    parts.push(piece.subarray(from, at), LINE_FEED)
    from = at + sign.length
  }
  return from === 0 ? piece : Buffer.concat([...parts, piece.subarray(from)])
}

const LF = 0x0a
const CR = 0x0d
const LINE_FEED = Buffer.of(LF)
const SIGNS: readonly OtherLineEnd[] = ['0085', '2028', '2029'].map((code) => ({
  name: `U+${code}`,
  bytes: Buffer.from(String.fromCharCode(Number.parseInt(code, 16))),
}))
