import { isUtf8 } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { UsageError } from '../../model.ts'
import { unreadableFile } from '../../unreadable-file.ts'

/**
 * A plan's or a query's text. `what`: how messages begin. Throws a UsageError where it cannot be read, or is not UTF-8: what
 * is no text would be sent as U+FFFD.
 */
export function readTextFile(path: string, what: string): string {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (error) {
    throw new UsageError(unreadableFile(`${what} ${path}`, error))
  }
  // Editors put a mark in front, which is no part of the text.
  if (isUtf8(bytes)) return bytes.toString('utf8').replace(/^\uFEFF/, '')
  const lines = bytes.toString('latin1').split('\n')
  const line = lines.findIndex((text) => !isUtf8(Buffer.from(text, 'latin1'))) + 1
  throw new UsageError(`${what} ${path} is not UTF-8 (see line ${line}). Save it as UTF-8, and try again.`)
}
