import { open, rename, rm } from 'node:fs/promises'

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

const chunkLength = 256 * 1024

/** Opens a file that `path` will name once it is placed. One writer at a time. */
export async function openAside(path: string): Promise<Aside> {
  const aside = `${path}.tmp`
  await rm(aside, { force: true })
  const handle = await open(aside, 'wx', 0o600)
  let gathered = ''
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
    writing = handle.writeFile(gathered).catch((cause: unknown) => {
      failure = cause instanceof Error ? cause : new Error(String(cause))
    })
    gathered = ''
  }

  async function close(): Promise<void> {
    if (closed) return
    closed = true
    await writing
    await handle.close()
  }

  return {
    add(text) {
      gathered += text
      return gathered.length >= chunkLength
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

/** Makes the names in a folder durable. */
export async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
