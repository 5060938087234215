import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { hashFile } from '../../src/source/hash-file.ts'
import { openSource } from '../../src/source/open-source.ts'
import { describeContract } from './contract.ts'
import { readAll } from './read-all.ts'
import type { Everything } from './read-all.ts'

describeContract({
  format: 'csv',
  ending: 'csv',
  start: 'id,name\n',
  record: (name) => `1,"${name.replaceAll('"', '""')}"`,
  input: (name) => ({ kind: 'cells', cells: ['1', name] }),
  broken: ['1', '1,2,3', '1,a"b', '1,"a"b', '1,a\0b', '"1,2', '1,"2', '1,"a, "b", c"'],
})

describeContract({
  format: 'jsonl',
  ending: 'ndjson',
  start: '',
  record: (name) => JSON.stringify({ id: 1, name }),
  input: (name) => ({ kind: 'value', value: { id: 1, name } }),
  broken: ['{"id":1', '{"id":1} x', '[1]', '12', 'null', '"text"', '{"id":"\0"}', '}'],
})

function readEncoded(text: string, encoding: BufferEncoding): Promise<Everything> {
  return readAll(Buffer.from(text, encoding), { sizes: [1] })
}

describe('openSource', () => {
  it('goes by the option, then by the ending of the name, then by the first byte', async () => {
    const line = '\n {"id":1}'
    expect((await readAll(line)).format).toBe('jsonl')
    expect((await readAll('{}\n1', { name: 'members.CSV' })).format).toBe('csv')
    expect((await readAll('[1]', { name: 'members.json' })).format).toBe('jsonl')
    expect((await readAll('{}\n1', { name: 'members.jsonl', format: 'csv' })).format).toBe('csv')
    expect((await readAll('id\n{}', { name: 'members.txt' })).format).toBe('csv')
  })

  it('says what a file is that is no UTF-8 text', async () => {
    await expect(readEncoded('\uFEFFid,name\n', 'utf16le')).rejects.toThrow('standard input is UTF-16 text')
    await expect(readEncoded('\x1F\x8B\x08\x00', 'latin1')).rejects.toThrow('compressed (gzip)')
    await expect(readEncoded('PK\x03\x04....', 'latin1')).rejects.toThrow('a spreadsheet or a zip archive')
  })

  it('says that a file is missing or a folder', async () => {
    await expect(openSource('/no/such/members.csv')).rejects.toThrow('There is no file /no/such/members.csv')
    await expect(openSource(tmpdir())).rejects.toThrow('is a folder')
  })

  it('lets the rows be read once, and not after it was closed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-source-'))
    try {
      const path = join(folder, 'members.csv')
      await writeFile(path, 'id\n1\n')
      expect(await hashFile(path)).toBe(createHash('sha256').update('id\n1\n').digest('hex'))
      const source = await openSource(path)
      await Array.fromAsync(source.chunks())
      await expect(Array.fromAsync(source.chunks())).rejects.toThrow('called before')
      await source.close()
      const other = await openSource(path)
      await other.close()
      await expect(Array.fromAsync(other.chunks())).rejects.toThrow('closed')
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
