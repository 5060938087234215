import { open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { keepClear } from './in-the-way.ts'

/** A file that is written aside, and takes its place whole. Readable by its owner only. */
export interface Aside {
  /** Takes text; true where so much has gathered that it should be written. */
  add(text: string): boolean
  /** Begins to write what has gathered, once the write before is done. */
  flush(): Promise<void>
  /** Writes the rest and makes it durable, still aside. */
  finish(): Promise<void>
  /** Puts the finished file in its place. */
  place(): Promise<void>
  /** Removes what was written aside. Fine after `place`, and twice. */
  discard(): Promise<void>
}

const CHUNK_BYTES = 256 * 1024
/** UTF-8 needs at most three bytes for a UTF-16 unit. */
const BYTES_A_UNIT = 3

/** Opens a file that `path` will name once it is placed. One writer at a time. */
async function openAside(path: string): Promise<Aside> {
  const aside = `${path}.tmp`
  keepClear(path)
  keepClear(aside)
  await rm(aside, { force: true })
  const handle = await open(aside, 'wx', 0o600)
  // Text becomes bytes as it comes: strings that wait together are what the garbage collector would copy again and again.
  let gathered = Buffer.allocUnsafe(CHUNK_BYTES * 2)
  let free = Buffer.allocUnsafe(CHUNK_BYTES * 2)
  let used = 0
  let closed = false
  let writing = Promise.resolve()
  let failure: Error | undefined

  async function settle(): Promise<void> {
    await writing
    if (failure !== undefined) throw failure
  }

  async function flush(): Promise<void> {
    await settle()
    // The disk writes while the next lines are put together; whether it could is asked before the next write.
    writing = handle.writeFile(gathered.subarray(0, used)).catch((cause: unknown) => {
      failure = cause instanceof Error ? cause : new Error(String(cause))
    })
    ;[gathered, free] = [free, gathered]
    used = 0
  }

  function makeRoom(bytes: number): void {
    if (used + bytes <= gathered.length) return
    const larger = Buffer.allocUnsafe((used + bytes) * 2)
    gathered.copy(larger, 0, 0, used)
    gathered = larger
  }

  async function close(): Promise<void> {
    if (closed) return
    closed = true
    await writing
    await handle.close()
  }

  return {
    add(text) {
      makeRoom(text.length * BYTES_A_UNIT)
      used += gathered.write(text, used)
      return used >= CHUNK_BYTES
    },
    flush,
    async finish() {
      await flush()
      await settle()
      await handle.sync()
      await close()
    },
    place: () => rename(aside, path),
    async discard() {
      await close()
      await rm(aside, { force: true })
    },
  }
}

/**
 * Has `write` open files of the folder and fill them, and puts them in their places once all are whole and durable.
 * Where anything fails, none has been touched.
 */
export async function writeAside<Written>(
  dir: string,
  write: (open: (name: string) => Promise<Aside>) => Promise<Written>,
): Promise<Written> {
  const files: Aside[] = []
  try {
    const written = await write(async (name) => {
      const file = await openAside(join(dir, name))
      files.push(file)
      return file
    })
    for (const file of files) await file.finish()
    for (const file of files) await file.place()
    await syncFolder(dir)
    return written
  } finally {
    for (const file of files) await file.discard()
  }
}

/** Makes the names in a folder durable. */
export async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
