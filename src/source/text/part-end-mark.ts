import type { Pieces } from '../pieces.ts'

/**
 * Puts what CP/M and DOS end a text with, Ctrl-Z, on a line of its own where it stands right behind the last value, so
 * that each format meets it as what it is. Elsewhere in a text it is a character like any other.
 */
export async function* partEndMark(pieces: Pieces): Pieces {
  let held: Buffer = Buffer.alloc(0)
  let last: number | undefined = LF
  for await (const piece of pieces) {
    let end = piece.length
    while (end > 0 && piece[end - 1] === CTRL_Z) end--
    if (end === 0) {
      held = Buffer.concat([held, piece])
      continue
    }
    yield held.length === 0 ? piece.subarray(0, end) : Buffer.concat([held, piece.subarray(0, end)])
    last = piece[end - 1]
    held = Buffer.from(piece.subarray(end))
  }
  if (held.length === 0) return
  yield last === LF || last === CR ? held : Buffer.concat([Buffer.of(LF), held])
}

const LF = 0x0a
const CR = 0x0d
const CTRL_Z = 0x1a
