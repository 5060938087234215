import { stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { UsageError } from '../model.ts'
import { formatCount } from '../words.ts'

/** What tells whether a file is still the one that was opened, short of reading it. */
export interface FileStamp {
  readonly size: number
  readonly mtimeMs: number
  readonly dev: number
  readonly ino: number
}

/** A file was written to, cut short or replaced after it had been opened, or its disk fails: the rest is not what it was. */
export class InputChanged extends UsageError {
  override name = 'InputChanged'
}

/**
 * Throws InputChanged where the open file, or what lies at its path now, is not as the stamp has it. To be called after
 * bytes were read: then they were read before anybody wrote. A file that was deleted or moved away can be read to its
 * end all the same, and one of the same size and time is taken for the same (some network folders number files anew
 * each time they are asked).
 */
export async function refuseChange(stamp: FileStamp, { path, file, name }: OpenFile): Promise<void> {
  const now = await stat(path).catch(() => file.stat())
  const isSame = now.size === stamp.size && now.mtimeMs === stamp.mtimeMs
  if (!isSame) throw new InputChanged(describeChange(name, stamp, now))
}

interface OpenFile {
  readonly path: string
  readonly file: FileHandle
  /** What messages call it. */
  readonly name: string
}

function describeChange(name: string, before: FileStamp, now: FileStamp): string {
  const sizes = `it had ${bytes(before.size)}, and has ${bytes(now.size)}`
  const at = new Date(now.mtimeMs).toISOString()
  if (now.dev !== before.dev || now.ino !== before.ino) {
    return `${name} was replaced by another file after it had been opened (${sizes}; that of ${at}).`
  }
  if (now.size < before.size)
    return `${name} was cut short after it had been opened, or is being written anew: ${sizes}.`
  if (now.size > before.size) return `${name} grew after it had been opened: ${sizes}.`
  return `${name} was written to after it had been opened (at ${at}).`
}

function bytes(count: number): string {
  return `${formatCount(count)} bytes`
}
