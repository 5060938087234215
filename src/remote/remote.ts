import { basename } from 'node:path/posix'
import { UsageError } from '../model.ts'
import type { RemoteAccess } from './access.ts'
import { type Place, nameOf, readAddress, withPath } from './address.ts'
import { type Receiving, receive } from './receive.ts'
import { RemoteError, changedError } from './remote-error.ts'
import type { RemoteFile, Store } from './store.ts'
import { tryAgain } from './try-again.ts'

export type { RemoteFile } from './store.ts'

/**
 * Files in other places: s3, sftp and https by their addresses. What fails in passing is tried again, a few times, with
 * longer and longer waits. All reject with a RemoteError that names the place without credentials, or with the signal's
 * reason. An address with a password is needed once only for each server.
 */
export interface Remote {
  /**
   * The files that match: `*`, `?` and `[…]` may stand in the last part of the address. In the order of their names. Not
   * for https.
   */
  list(pattern: string, signal: AbortSignal): Promise<readonly RemoteFile[]>
  /** A file as it is now, or undefined where there is none. */
  look(address: string, signal: AbortSignal): Promise<RemoteFile | undefined>
  /** Copies a remote file to a local path: whole or not at all, readable by its owner only. */
  fetch(address: string, path: string, signal: AbortSignal): Promise<RemoteFile>
  /** Copies a local file to a remote place, over what is there: whole or not at all. Not for https. */
  put(path: string, address: string, signal: AbortSignal): Promise<void>
  /**
   * Gives a file, as `list`, `look` or `fetch` told of it, another address in the same store; refuses
   * where it changed since, or another file is there.
   */
  move(file: RemoteFile, to: string, signal: AbortSignal): Promise<void>
  /** Ends all connections. */
  close(): Promise<void>
}

export interface RemoteOptions {
  readonly access: RemoteAccess
  /** The wait before the second try. */
  readonly backoffMs?: number
  readonly stallMs?: number
}

/** Opens nothing yet: connections are made when they are needed. */
export function openRemote({ access, backoffMs = 500, stallMs = 60_000 }: RemoteOptions): Remote {
  const openers: { [kind in Place['kind']]: () => Promise<Store<Place>> } = {
    // Large, and seldom needed.
    https: async () => new (await import('./https-store.ts')).HttpsStore(access),
    s3: async () => new (await import('./s3-store.ts')).S3Store(access),
    sftp: async () => new (await import('./sftp-store.ts')).SftpStore(access),
  }
  const opened = new Map<Place['kind'], Promise<Store<Place>>>()

  function storeOf({ kind }: Place): Promise<Store<Place>> {
    const store = opened.get(kind) ?? openers[kind]()
    opened.set(kind, store)
    return store
  }
  const patiently = <T>(work: () => Promise<T>, signal: AbortSignal) => tryAgain(work, { backoffMs, signal })

  return {
    async list(pattern, signal) {
      const place = readAddress(pattern)
      const { folder, name } = splitPattern(place)
      const store = await storeOf(place)
      return patiently(() => store.list(folder, name, signal), signal)
    },
    async look(address, signal) {
      const place = readAddress(address)
      const store = await storeOf(place)
      return patiently(() => store.look(place, signal), signal)
    },
    async fetch(address, path, signal) {
      const place = readAddress(address)
      const receiving: Receiving = { backoffMs, stallMs, signal }
      return receive(await storeOf(place), place, path, receiving)
    },
    async put(path, address, signal) {
      const place = readAddress(address)
      const store = await storeOf(place)
      return patiently(() => store.put(path, place, signal), signal)
    },
    async move(file, to, signal) {
      const from = readAddress(file.address)
      const place = readAddress(to)
      if (!isSameStore(from, place)) {
        throw new UsageError(`${file.address} cannot be moved to ${nameOf(place)}: that is in another store.`)
      }
      const store = await storeOf(from)
      await patiently(async () => {
        const [now, there] = [await store.look(from, signal), await store.look(place, signal)]
        // An earlier try may have moved it, and only its answer was lost.
        if (now === undefined && there?.version === file.version) return
        if (now?.version !== file.version) throw changedError(file.address)
        if (there !== undefined && there.version !== file.version) throw takenError(file, place)
        await store.move(from, file, place, signal)
      }, signal)
    },
    async close() {
      await Promise.all([...opened.values()].map(async (store) => (await store).close()))
    },
  }
}

function takenError(file: RemoteFile, to: Place): RemoteError {
  return new RemoteError('lasting', `${file.address} cannot be moved to ${nameOf(to)}: another file is there already.`)
}

function isSameStore(from: Place, to: Place): boolean {
  if (from.kind === 's3' && to.kind === 's3') return from.bucket === to.bucket
  return from.kind === 'sftp' && to.kind === 'sftp' && from.host === to.host && from.port === to.port
}

/** The folder of an address, and the pattern of names in it; a folder alone means all its files. */
function splitPattern(place: Place): { folder: Place; name: string } {
  if (place.kind === 'https') return { folder: place, name: '' }
  const path = place.kind === 's3' ? place.key : place.path
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  if (/[*?[\]]/.test(folder)) {
    throw new UsageError(`${nameOf(place)}: *, ? and […] may stand in the name of the file only, not in its folder.`)
  }
  return { folder: withPath(place, folder), name: basename(path) === '' || path.endsWith('/') ? '*' : basename(path) }
}
