import { closeSync, fdatasync, fstatSync, ftruncateSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import type { MemberJournal } from '../../check/member-journal.ts'

const sync = promisify(fdatasync)

/** A journal on disk: words as this machine has them, one behind the other. */
export interface JournalFile extends MemberJournal {
  /** In bytes. */
  readonly length: number
  /** Leaves the first so many bytes. */
  cutTo(bytes: number): void
  /** Has all that was written survive a power cut. Gives the length. */
  save(): Promise<number>
  close(): void
  /** Closes it, and deletes it. */
  remove(): void
}

/** Opens the file, readable by its owner alone; creates it where it is missing. Closing twice is fine. */
export function openJournal(path: string): JournalFile {
  const file = openSync(path, 'a+', 0o600)
  const waiting = new Uint32Array(WAITING_WORDS)
  let waits = 0
  let length = fstatSync(file).size
  let isOpen = true

  function append(words: Uint32Array): void {
    const bytes = Buffer.from(words.buffer, words.byteOffset, words.byteLength)
    for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written)
    length += bytes.length
  }

  function flush(): void {
    append(waiting.subarray(0, waits))
    waits = 0
  }

  function close(): void {
    if (isOpen) closeSync(file)
    isOpen = false
  }

  return {
    get length() {
      return length
    },
    earlier: { [Symbol.iterator]: () => readWords(file, length) },
    write(words) {
      if (waits + words.length > waiting.length) flush()
      if (words.length > waiting.length) append(words)
      else {
        waiting.set(words, waits)
        waits += words.length
      }
    },
    cutTo(bytes) {
      ftruncateSync(file, bytes)
      length = bytes
    },
    async save() {
      flush()
      await sync(file)
      return length
    },
    close,
    remove() {
      close()
      rmSync(path, { force: true })
    },
  }
}

function* readWords(file: number, length: number): Generator<Uint32Array> {
  const words = new Uint32Array(WAITING_WORDS)
  const bytes = Buffer.from(words.buffer)
  for (let at = 0; at < length;) {
    const read = readSync(file, bytes, 0, Math.min(bytes.length, length - at), at)
    if (read === 0) return
    at += read
    yield words.subarray(0, read / WORD_BYTES)
  }
}

const WORD_BYTES = Uint32Array.BYTES_PER_ELEMENT
const WAITING_WORDS = 64 * 1024
