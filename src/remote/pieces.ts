import type { Readable } from 'node:stream'
import { RemoteError, codeOf } from './remote-error.ts'

/**
 * The pieces of a stream. Ends with a RemoteError that may pass where none comes for `stallMs`, or where the stream
 * breaks.
 */
export async function* piecesOf(stream: Readable, { stallMs, name }: { stallMs: number; name: string }) {
  const stalled = passingError(`${name} sends nothing for ${stallMs / 1000} seconds. Try again later.`)
  const timer = setTimeout(() => stream.destroy(stalled), stallMs)
  try {
    for await (const piece of stream) {
      timer.refresh()
      yield piece as Buffer
    }
  } catch (error) {
    if (error instanceof RemoteError) throw error
    // Not the error itself: HTTP clients hang the whole request on it, credentials included.
    throw passingError(
      `${name} broke off while it was being read (${codeOf(error) ?? 'no reason given'}). Try again later.`,
    )
  } finally {
    clearTimeout(timer)
  }
}

function passingError(message: string): RemoteError {
  return new RemoteError('passing', message)
}
