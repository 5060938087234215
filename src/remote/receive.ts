import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import type { Place } from './address.ts'
import { nameOf } from './address.ts'
import { piecesOf } from './pieces.ts'
import { RemoteError, changedError } from './remote-error.ts'
import type { Opened, RemoteFile, Store } from './store.ts'
import { tryAgain } from './try-again.ts'

export interface Receiving {
  readonly backoffMs: number
  /** A transfer that brings no byte for so long is taken for broken. */
  readonly stallMs: number
  readonly signal: AbortSignal
}

/**
 * Copies a remote file to `path`: written aside (`.part`), readable by its owner only, and renamed when whole. A transfer
 * that breaks goes on where it was, and rejects with a RemoteError where the file is not the same any more.
 */
export async function receive<P extends Place>(
  store: Store<P>,
  place: P,
  path: string,
  options: Receiving,
): Promise<RemoteFile> {
  const aside = `${path}.part`
  await rm(aside, { force: true })
  const handle = await open(aside, 'wx', 0o600)
  try {
    const file = await copy(store, place, handle, options)
    await handle.sync()
    await handle.close()
    await rename(aside, path)
    return file
  } catch (error) {
    await handle.close()
    await rm(aside, { force: true })
    throw error
  }
}

async function copy<P extends Place>(
  store: Store<P>,
  place: P,
  handle: FileHandle,
  { backoffMs, stallMs, signal }: Receiving,
): Promise<RemoteFile> {
  const name = nameOf(place)
  let first: RemoteFile | undefined
  let received = 0
  let furthest = 0

  async function transfer(): Promise<RemoteFile> {
    // What cannot be told from a changed file is not gone on with.
    const isResumable = first?.version !== undefined
    const opened = await store.open(place, isResumable ? received : 0, first?.version, signal)
    try {
      if (first !== undefined && !isSame(first, opened.file)) throw changedError(name)
      first ??= opened.file
      received = opened.offset
      await handle.truncate(received)
      for await (const piece of piecesOf(opened.bytes, { stallMs, name })) {
        await writeWhole(handle, piece, received)
        received += piece.length
        furthest = Math.max(furthest, received)
        signal.throwIfAborted()
      }
    } finally {
      opened.bytes.destroy()
    }
    await checkWhole(name, opened, received)
    return { ...opened.file, bytes: received }
  }

  return tryAgain(transfer, { backoffMs, signal }, () => furthest)
}

/** A disk that is nearly full takes a part of a piece, and says why only when the rest is offered. */
async function writeWhole(handle: FileHandle, piece: Buffer, position: number): Promise<void> {
  for (let written = 0; written < piece.length;) {
    const { bytesWritten } = await handle.write(piece, written, piece.length - written, position + written)
    written += bytesWritten
  }
}

async function checkWhole(name: string, { file, lookAgain }: Opened, received: number): Promise<void> {
  const after = lookAgain === undefined ? file : await lookAgain()
  const { bytes = received } = file
  if (after === undefined || !isSame(file, after) || received > bytes) throw changedError(name)
  if (received < bytes) {
    throw new RemoteError('passing', `${name} broke off after ${received} of ${bytes} bytes. Try again later.`)
  }
}

function isSame(before: RemoteFile, after: RemoteFile): boolean {
  const isSameLength = before.bytes === undefined || after.bytes === undefined || before.bytes === after.bytes
  return isSameLength && before.version === after.version
}
