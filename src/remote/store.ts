import type { Readable } from 'node:stream'
import type { Place } from './address.ts'

/** A file in a remote place. */
export interface RemoteFile {
  /** Its address, without credentials. */
  readonly address: string
  /** Its own name, without folders. */
  readonly name: string
  /** Undefined where the server does not say. */
  readonly bytes: number | undefined
  /** When it last changed, by the place's own clock; milliseconds since the epoch. Undefined where the server does not say. */
  readonly changedAt: number | undefined
  /** What differs when the content does: the ETag, or size and time. Undefined where the server says nothing of the kind. */
  readonly version: string | undefined
}

/** A file that is being read. */
export interface Opened {
  readonly file: RemoteFile
  /** Where `bytes` begins: the offset asked for, or 0 where the place cannot begin in the middle. */
  readonly offset: number
  readonly bytes: Readable
  /** The file as it is after the last byte, where a place can change it under our hands. */
  readonly lookAgain?: () => Promise<RemoteFile | undefined>
}

/** What each kind of place does in its own way. All reject with a RemoteError, or with the signal's reason. */
export interface Store<P extends Place> {
  /** The files of a folder whose names match, in the order of their names. */
  list(folder: P, pattern: string, signal: AbortSignal): Promise<readonly RemoteFile[]>
  look(place: P, signal: AbortSignal): Promise<RemoteFile | undefined>
  open(place: P, offset: number, version: string | undefined, signal: AbortSignal): Promise<Opened>
  /** Writes a local file whole or not at all, over what is there. */
  put(path: string, place: P, signal: AbortSignal): Promise<void>
  /** Gives a file another name in the same store. */
  move(from: P, file: RemoteFile, to: P, signal: AbortSignal): Promise<void>
  close(): Promise<void>
}
