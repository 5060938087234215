import { appendFile, mkdtemp, open, rename, rm, stat, truncate, unlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { InputChanged } from '../../src/source/file-stamp.ts'
import { hashFile, hashFiles } from '../../src/source/hash-file.ts'
import { openFiles } from '../../src/source/open-files.ts'
import { openSource } from '../../src/source/open-source.ts'
import type { Source } from '../../src/source/open-source.ts'

/** More than is looked at when a file is opened, so that most of it is still to be read. */
const ROWS = 20_000

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rollcall-changed-'))
  path = join(folder, 'members.csv')
  await writeFile(path, members('old'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const CHANGES: Readonly<Record<string, { readonly change: () => Promise<void>; readonly words: RegExp }>> = {
  'is overwritten in place': { change: () => writeFile(path, members('new')), words: /written anew|written to after/ },
  'is written to in the middle': { change: writeInTheMiddle, words: /written to after/ },
  grows: { change: () => appendFile(path, 'M-1,late\n'), words: /grew after/ },
  'is cut short': { change: () => truncate(path, 1_000), words: /cut short.*and has 1,000 bytes/ },
  'is emptied': { change: () => truncate(path, 0), words: /and has 0 bytes/ },
  'is replaced': { change: replace, words: /replaced by another file/ },
}

describe.each(Object.entries(CHANGES))('a file that %s while it is read', (_how, { change, words }) => {
  it('gives no row of after that, and says what happened', async () => {
    const source = await openSource(path, { name: 'members.csv' })
    const { names, error } = await readOn(source, change)
    expect(error).toBeInstanceOf(InputChanged)
    expect(String(error)).toMatch(words)
    expect(names).toEqual(new Set(['old']))
  })

  it.each(['gz', 'zip'])('is noticed within a %s file', async (kind) => {
    await writeFile(path, kind === 'gz' ? gzipSync(noise()) : await zip(noise()))
    const { error } = await readOn(await openSource(path), change)
    expect(error).toBeInstanceOf(InputChanged)
  })

  it('is noticed where the file waits behind another', async () => {
    const first = join(folder, 'first.csv')
    await writeFile(first, members('first'))
    const source = await openFiles([
      { path: first, name: 'first.csv' },
      { path, name: 'members.csv' },
    ])
    const { names, error } = await readOn(source, change)
    expect(error).toBeInstanceOf(InputChanged)
    expect(names).toEqual(new Set(['first']))
  })

  it('is noticed where the file is opened once more', async () => {
    const { stamps } = await openSource(path).then(closed)
    await change()
    await expect(openSource(path, { stamps })).rejects.toThrow(InputChanged)
  })
})

it('reads a file to its end that is moved away or deleted', async () => {
  for (const leave of [() => rename(path, `${path}.done`), () => unlink(`${path}.done`)]) {
    const source = await openSource(path, { hash: true }).catch(() => openSource(`${path}.done`, { hash: true }))
    const expected = await hashFile(path).catch(() => hashFile(`${path}.done`))
    const { error, rows } = await readOn(source, leave)
    expect({ error, rows, hash: await source.readHash() }).toEqual({ error: undefined, rows: ROWS, hash: expected })
    await source.close()
  }
})

it('tells by its hash of a change that put the time back', async () => {
  const before = await hashFile(path)
  const { atime, mtime } = await stat(path)
  const source = await openSource(path, { hash: true })
  await readOn(source, async () => {
    await writeInTheMiddle()
    await utimes(path, atime, mtime)
  })
  // The times of this disk may be finer than can be set: then the change is noticed at once.
  expect(await source.readHash().catch(() => 'noticed')).not.toBe(before)
  await source.close()
})

it.each(['csv', 'csv.gz', 'zip'])('has the hash of the bytes that the rows are from: %s', async (kind) => {
  await writeFile(path, kind === 'csv' ? noise() : kind === 'zip' ? await zip(noise()) : gzipSync(noise()))
  const source = await openSource(path, { hash: true })
  await readOn(source, () => Promise.resolve())
  expect(await source.readHash()).toBe(await hashFile(path))
  await source.close()
})

it('has one hash of several files, and none where nobody asks for it', async () => {
  const files = [path, path].map((each, index) => ({ path: each, name: `${index}.csv` }))
  const hashed = await openFiles(files, { hash: true })
  await readOn(hashed, () => Promise.resolve())
  expect(await hashed.readHash()).toBe(await hashFiles([path, path]))
  const plain = await openFiles(files)
  await readOn(plain, () => Promise.resolve())
  expect(await plain.readHash()).toBeUndefined()
})

/** Reads a first chunk, has something happen, and reads the rest. */
async function readOn(
  source: Source,
  act: () => Promise<void>,
): Promise<{ names: ReadonlySet<string>; rows: number; error: unknown }> {
  const names = new Set<string>()
  let rows = 0
  let error: unknown
  try {
    for await (const chunk of source.chunks()) {
      for (const { input } of chunk) names.add(input.kind === 'cells' ? (input.cells[1] ?? '') : '')
      if (rows === 0) await act()
      rows += chunk.length
    }
  } catch (caught) {
    error = caught
  }
  if (error !== undefined) await source.close()
  return { names, rows, error }
}

async function closed(source: Source): Promise<Source> {
  await source.close()
  return source
}

function members(name: string): string {
  const lines = Array.from({ length: ROWS }, (_, index) => `M-${100_000 + index},${name},${'x'.repeat(40)}\n`)
  return `id,name,filler\n${lines.join('')}`
}

/** Rows that hardly become smaller by being compressed. */
function noise(): string {
  let seed = 1
  const next = () => (seed = (seed * 48_271) % 2_147_483_647).toString(36)
  return `id,name\n${Array.from({ length: ROWS }, () => `${next()}${next()}${next()}${next()},a\n`).join('')}`
}

async function zip(content: string): Promise<Buffer> {
  const archive = new ZipFile()
  archive.addBuffer(Buffer.from(content), 'members.csv')
  archive.end()
  const pieces: Buffer[] = []
  for await (const piece of archive.outputStream) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

async function writeInTheMiddle(): Promise<void> {
  const file = await open(path, 'r+')
  const { size } = await file.stat()
  await file.write('NEW', Math.floor(size / 2))
  await file.close()
}

async function replace(): Promise<void> {
  await writeFile(`${path}.new`, members('replaced, and longer'))
  await rename(`${path}.new`, path)
}
