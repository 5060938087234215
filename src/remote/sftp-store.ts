import { stat } from 'node:fs/promises'
import { basename, dirname, matchesGlob } from 'node:path/posix'
import type { FileEntryWithStats, Stats } from 'ssh2'
import type { RemoteAccess } from './access.ts'
import { type SftpPlace, nameOf, withPath } from './address.ts'
import { readAhead } from './read-ahead.ts'
import { RemoteError } from './remote-error.ts'
import { type SftpAttributes, isComplete, kindOf, versionOf } from './sftp-attributes.ts'
import { isMissing, sftpError } from './sftp-error.ts'
import { type SftpSession, openSftpSession } from './sftp-session.ts'
import type { Opened, RemoteFile, Store } from './store.ts'

/** Files on sftp servers, one connection to each. */
export class SftpStore implements Store<SftpPlace> {
  readonly #access: RemoteAccess
  readonly #sessions = new Map<string, Promise<SftpSession>>()
  readonly #passwords = new Map<string, string>()

  constructor(access: RemoteAccess) {
    this.#access = access
  }

  list(folder: SftpPlace, pattern: string, signal: AbortSignal): Promise<readonly RemoteFile[]> {
    return this.#ask(folder, signal, async (session) => {
      const path = folder.path === '' ? '.' : folder.path
      const entries = await session.ask<FileEntryWithStats[]>((sftp, done) => sftp.readdir(path, done))
      const files: RemoteFile[] = []
      for (const { filename, longname, attrs } of entries.toSorted((a, b) => (a.filename < b.filename ? -1 : 1))) {
        // A name with a slash is a server's attempt to have us write elsewhere.
        if (filename.includes('/') || !matchesGlob(filename, pattern)) continue
        const place = withPath(folder, `${folder.path}${filename}`)
        // Some servers list names and little else.
        const looks = kindOf(attrs, longname) === 'l' || !isComplete(attrs)
        const file = looks ? await lookAt(session, place, longname) : fileOf(place, attrs)
        if (file !== undefined) files.push(file)
      }
      return files
    })
  }

  look(place: SftpPlace, signal: AbortSignal): Promise<RemoteFile | undefined> {
    return this.#ask(place, signal, (session) => lookAt(session, place))
  }

  open(place: SftpPlace, offset: number, _version: string | undefined, signal: AbortSignal): Promise<Opened> {
    return this.#ask(place, signal, async (session) => {
      const handle = await session.ask<Buffer>((sftp, done) => sftp.open(place.path, 'r', done))
      const stats = await session.ask<Stats>((sftp, done) => sftp.fstat(handle, done))
      const file = isComplete(stats) ? fileOf(place, stats) : await lookAt(session, place)
      if (file === undefined) throw new RemoteError('lasting', `${nameOf(place)} is not a file. Check the address.`)
      return {
        file,
        offset,
        bytes: readAhead(session, handle, { offset, size: file.bytes ?? Infinity }),
        lookAgain: () => this.look(place, signal),
      }
    })
  }

  async put(path: string, place: SftpPlace, signal: AbortSignal): Promise<void> {
    const { size } = await stat(path)
    await this.#ask(place, signal, async (session) => {
      await makeFolder(session, place)
      const aside = `${place.path}.part`
      await session.ask((sftp, done) => sftp.fastPut(path, aside, done))
      const written = await session.ask<Stats>((sftp, done) => sftp.stat(aside, done))
      if (written.size !== size) throw shortError(place, written.size, size)
      await replace(session, aside, place.path)
    })
  }

  async move(from: SftpPlace, _file: RemoteFile, to: SftpPlace, signal: AbortSignal): Promise<void> {
    await this.#ask(from, signal, async (session) => {
      await makeFolder(session, to)
      await session.ask((sftp, done) => sftp.rename(from.path, to.path, done))
    })
  }

  async close(): Promise<void> {
    for (const opening of this.#sessions.values()) (await opening.catch(() => undefined))?.end()
    this.#sessions.clear()
  }

  /** Does something on the place's connection, which is made where there is none and ended when the signal says so. */
  async #ask<T>(place: SftpPlace, signal: AbortSignal, work: (session: SftpSession) => Promise<T>): Promise<T> {
    const { promise: stopped, reject } = Promise.withResolvers<never>()
    const stop = () => reject(signal.reason)
    signal.addEventListener('abort', stop)
    try {
      signal.throwIfAborted()
      return await Promise.race([this.#session(place).then(work), stopped])
    } catch (error) {
      if (!signal.aborted) throw sftpError(nameOf(place), error)
      // A connection that is being made may take its time.
      void this.close()
      throw signal.reason
    } finally {
      signal.removeEventListener('abort', stop)
    }
  }

  async #session(place: SftpPlace): Promise<SftpSession> {
    const server = `${place.user ?? ''}@${place.host}:${place.port}`
    if (place.password !== undefined) this.#passwords.set(server, place.password)
    for (;;) {
      const current = this.#sessions.get(server)
      if (current !== undefined && (await isUsable(current))) return current
      // Whoever asks at the same time may have been quicker.
      if (this.#sessions.get(server) !== current) continue
      const password = this.#passwords.get(server)
      const opening = openSftpSession({ ...place, ...(password !== undefined && { password }) }, this.#access)
      this.#sessions.set(server, opening)
      return opening
    }
  }
}

function isUsable(session: Promise<SftpSession>): Promise<boolean> {
  return session.then(
    ({ isOpen }) => isOpen(),
    () => false,
  )
}

async function lookAt(session: SftpSession, place: SftpPlace, longname?: string): Promise<RemoteFile | undefined> {
  try {
    const stats = await session.ask<Stats>((sftp, done) => sftp.stat(place.path, done))
    // A listing's line is about a link itself.
    return fileOf(place, stats, longname?.startsWith('l') === true ? undefined : longname)
  } catch (error) {
    if (isMissing(error)) return undefined
    throw error
  }
}

/** Makes the folder of a file, and those above it, where they are missing. */
async function makeFolder(session: SftpSession, place: SftpPlace): Promise<void> {
  const folder = dirname(place.path)
  const isThere = await session
    .ask<Stats>((sftp, done) => sftp.stat(folder, done))
    .then(
      () => true,
      (error: unknown) => {
        if (isMissing(error)) return false
        throw error
      },
    )
  if (isThere) return
  await makeFolder(session, withPath(place, folder))
  await session.ask((sftp, done) => sftp.mkdir(folder, done))
}

/** Plain sftp renames over nothing. OpenSSH's extension does; without it, there is a moment with neither. */
async function replace(session: SftpSession, aside: string, path: string): Promise<void> {
  try {
    await session.ask((sftp, done) => sftp.ext_openssh_rename(aside, path, done))
  } catch (error) {
    if (!(error instanceof Error && error.message.includes('does not support'))) throw error
    await session.ask((sftp, done) => sftp.unlink(path, done)).catch(() => {})
    await session.ask((sftp, done) => sftp.rename(aside, path, done))
  }
}

/** Undefined where it is not a file, as far as the server says. Times are in seconds. */
function fileOf(place: SftpPlace, attributes: SftpAttributes, longname?: string): RemoteFile | undefined {
  if ((kindOf(attributes, longname) ?? '-') !== '-') return undefined
  const { size, mtime } = attributes
  return {
    address: nameOf(place),
    name: basename(place.path),
    bytes: size,
    changedAt: mtime === undefined ? undefined : mtime * 1000,
    version: versionOf(attributes),
  }
}

function shortError(place: SftpPlace, written: number, size: number): RemoteError {
  return new RemoteError('passing', `${nameOf(place)}: only ${written} of ${size} bytes arrived. Try again later.`)
}
