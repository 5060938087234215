import { type PassedOver, UsageError } from '../model.ts'
import type { FileStamp } from './file-stamp.ts'
import { joinHashes } from './hash-file.ts'
import { openSource } from './open-source.ts'
import type { FilePart, Source } from './open-source.ts'
import type { SourceOptions } from './source-options.ts'
import { sumPassedOver } from './table/passed-over.ts'

/**
 * Opens a file, or several as one: their rows follow each other and are counted through; `line` counts within each file. All
 * headers are read at once and compared, the rest when its turn comes. Throws UsageError where a file cannot be opened
 * or its columns differ from the first one's.
 */
export async function openFiles(
  files: readonly { readonly path: string; readonly name: string }[],
  options: SourceOptions = {},
): Promise<Source> {
  const stamps: (FileStamp | undefined)[] = [...(options.stamps ?? [])]
  const open = async (index: number) => {
    const { path = '', name } = files[index] ?? {}
    const source = await openSource(path, { ...options, name, stamps: [stamps[index]] })
    stamps[index] ??= source.stamps[0]
    return source
  }
  const first = await open(0)
  if (files.length === 1) return first
  let current = first
  const notes = first.notes.map((note) => `${files[0]?.name}: ${note}`)
  const unread = [...first.unread]
  const sizes: number[] = []
  try {
    for (const [index, { name }] of files.entries()) {
      const source = index === 0 ? first : await open(index)
      sizes.push(source.progress.bytesTotal ?? 0)
      if (index === 0) continue
      for (const note of source.notes) notes.push(`${name}: ${note}`)
      unread.push(...source.unread)
      await source.close()
      const difference = compare(first, source)
      if (difference === undefined) continue
      throw new UsageError(
        `${name} ${difference} than ${files[0]?.name}. Files that are imported together have the same columns in the same order; import it by itself.`,
      )
    }
  } catch (error) {
    await first.close()
    throw error
  }

  const parts: FilePart[] = []
  const hashes: string[] = []
  const passedOver: (readonly PassedOver[])[] = []
  let done = 0
  let closed = false
  async function* chunks(): ReturnType<Source['chunks']> {
    let rows = 0
    for (const [index, { name }] of files.entries()) {
      if (closed) throw new Error('The source is closed.')
      if (index > 0) current = await open(index)
      const before = rows
      parts.push({ name, firstRow: before + 1 })
      for await (const chunk of current.chunks()) {
        rows += chunk.length
        yield before === 0 ? chunk : chunk.map((row) => ({ ...row, row: before + row.row }))
      }
      await noteHash()
      passedOver.push(current.passedOver)
      await current.close()
      done += sizes[index] ?? 0
    }
  }
  async function noteHash(): Promise<void> {
    const hash = await current.readHash()
    if (hash !== undefined) hashes.push(hash)
  }
  return {
    format: first.format,
    columns: first.columns,
    notes,
    unread,
    parts,
    stamps,
    readHash: () => Promise.resolve(hashes.length === files.length ? joinHashes(hashes) : undefined),
    chunks,
    get passedOver() {
      return sumPassedOver(passedOver)
    },
    get progress() {
      const { bytesRead, bytesTotal } = current.progress
      const all = sizes.reduce((sum, size) => sum + size, 0)
      return { bytesRead: Math.min(done + (bytesTotal === undefined ? 0 : bytesRead), all), bytesTotal: all }
    },
    async close() {
      closed = true
      await current.close()
    },
  }
}

/** How a file's columns differ, in words that go before "than the first"; undefined where they do not. */
function compare(first: Source, { columns }: Source): string | undefined {
  if (first.columns === undefined || columns === undefined) {
    return first.columns === columns ? undefined : 'is of another kind (JSON beside CSV or a sheet)'
  }
  const expected = first.columns
  const lacking = expected.filter((name) => !columns.includes(name))
  const besides = columns.filter((name) => !expected.includes(name))
  if (lacking.length + besides.length > 0) {
    const lacks = lacking.length === 0 ? [] : [`lacks ${list(lacking)}`]
    const has = besides.length === 0 ? [] : [`has ${list(besides)} besides`]
    return `has other columns (it ${[...lacks, ...has].join(', and ')})`
  }
  const at = expected.findIndex((name, index) => name !== columns[index])
  if (at < 0 && expected.length === columns.length) return undefined
  return at < 0
    ? `has other columns (${columns.length} and not ${expected.length})`
    : `has its columns in another order (column ${at + 1} is ${list(columns.slice(at, at + 1))} and not ${list(expected.slice(at, at + 1))})`
}

function list(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ')
}
