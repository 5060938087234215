import type { SourceRow } from '../../model.ts'

/**
 * A name in an object, and where it ends behind its colon; undefined where more bytes are needed. Of what is no name, the
 * quote is passed over, so that what follows is read as a value, and broken.
 */
export function readKey(
  bytes: Buffer,
  at: number,
  { final, most }: { final: boolean; most: number },
): { readonly key: string; readonly end: number } | undefined {
  const limit = Math.min(bytes.length, at + most)
  const text = bytes.toString('latin1', at, limit)
  const found = KEY.exec(text)
  const noKey = { key: '', end: at + 1 }
  if (found === null) return !final && limit - at < most && BEGUN.test(text) ? undefined : noKey
  try {
    const key = JSON.parse(bytes.toString('utf8', at, at + (found[1]?.length ?? 0))) as string
    return { key, end: at + found[0].length }
  } catch {
    return noKey
  }
}

/** A record with its key as its first field, unless it has a field of that name. */
export function withKey(row: SourceRow, name: string, key: string): SourceRow {
  const value = row.input.kind === 'value' ? row.input.value : null
  if (row.problem !== undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return row
  return { ...row, input: { kind: 'value', value: Object.assign({ [name]: key }, value) } }
}

/** A string on one line, and the colon behind it. */
const KEY = /^("[^"\\\n]*(?:\\[^\n][^"\\\n]*)*")\s*:/
/** The same, as far as it goes. */
const BEGUN = /^"[^"\\\n]*(?:\\[^\n][^"\\\n]*)*(?:\\|"\s*)?$/
