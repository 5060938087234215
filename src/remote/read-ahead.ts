import { Readable } from 'node:stream'
import type { SftpSession } from './sftp-session.ts'

/** What every server gives in one answer. */
const PIECE_BYTES = 32 * 1024
/** Requests under way at once: over a line with a long way to go, one at a time would be slow. */
const PIECES_AHEAD = 32

/** The bytes of an open file from `offset` to `size`, asked for ahead and given in order. Ends earlier where the file does. */
export function readAhead(
  session: SftpSession,
  handle: Buffer,
  { offset, size }: { offset: number; size: number },
): Readable {
  const ahead: Promise<Buffer>[] = []
  let next = offset

  function ask(): void {
    while (ahead.length < PIECES_AHEAD && next < size) {
      const length = Math.min(PIECE_BYTES, size - next)
      const piece = readPiece(session, handle, next, length)
      // Whoever takes it hears of it; it may be nobody.
      piece.catch(() => {})
      ahead.push(piece)
      next += length
    }
  }

  return new Readable({
    highWaterMark: PIECE_BYTES,
    read() {
      ask()
      const piece = ahead.shift()
      if (piece === undefined) this.push(null)
      else
        piece.then(
          (bytes) => this.push(bytes.length === 0 ? null : bytes),
          (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
        )
    },
    destroy(error, done) {
      void close(session, handle)
      done(error)
    },
  })
}

/** A server may answer with less than was asked for. */
async function readPiece(session: SftpSession, handle: Buffer, position: number, length: number): Promise<Buffer> {
  const piece = Buffer.alloc(length)
  let filled = 0
  while (filled < length) {
    const bytesRead = await session.ask<number>((sftp, done) =>
      sftp.read(handle, piece, filled, length - filled, position + filled, done),
    )
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return piece.subarray(0, filled)
}

/** A connection that is lost has closed it already. */
async function close(session: SftpSession, handle: Buffer): Promise<void> {
  if (session.isOpen()) await session.ask((sftp, done) => sftp.close(handle, done)).catch(() => {})
}
