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

function readBytes(hex: string): Promise<Everything> {
  return readAll(Buffer.from(hex, 'hex'), { sizes: [1] })
}

describe('openSource', () => {
  it('has come no further than the rows that it gave, so that how many there are is estimated by them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'rollcall-source-'))
    const path = join(folder, 'members.csv')
    await writeFile(path, `id,mobile\n${'M-1,9800000001\n'.repeat(5_000)}`)
    const source = await openSource(path)
    try {
      const chunks = source.chunks()[Symbol.asyncIterator]()
      const rows = (await chunks.next()).value?.length ?? 0
      expect(rows).toBeLessThan(5_000)
      const { bytesRead, bytesTotal = 0 } = source.progress
      expect((rows * bytesTotal) / bytesRead).toBeCloseTo(5_000, -1)
    } finally {
      await source.close()
      await rm(folder, { recursive: true })
    }
  })

  it('goes by the option, then by the ending of the name, then by the first byte', async () => {
    const line = '\n {"id":1}'
    expect((await readAll(line)).format).toBe('jsonl')
    expect((await readAll('{}\n1', { name: 'members.CSV' })).format).toBe('csv')
    expect((await readAll('[1]', { name: 'members.json' })).format).toBe('json')
    expect((await readAll('[1]', { name: 'members.jsonl' })).format).toBe('json')
    expect((await readAll('1\n2', { name: 'members.jsonl' })).format).toBe('jsonl')
    expect((await readAll('[\n  {"id":1}]', { name: 'members.csv' })).format).toBe('json')
    expect((await readAll('{}\n1', { name: 'members.jsonl', format: 'csv' })).format).toBe('csv')
    expect((await readAll('id\n{}', { name: 'members.txt' })).format).toBe('csv')
  })

  it('says what a file is that holds no rows', async () => {
    await expect(readBytes('d0cf11e0a1b11ae1')).rejects.toThrow('standard input is no workbook of an old Excel')
    await expect(readBytes('fd377a585a0000')).rejects.toThrow('compressed (xz)')
    await expect(readBytes(Buffer.from('%PDF-1.7').toString('hex'))).rejects.toThrow('a PDF document')
    await expect(readBytes(Buffer.from('PK\x03\x04....').toString('hex'))).rejects.toThrow('a broken zip archive')
    await expect(readBytes('1f8b0800')).rejects.toThrow('cannot be unpacked (gzip)')
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

describe('an encoding that cannot be told', () => {
  const table = Buffer.from('Nr;Imi\xea\n1;Anna\n2;Jan\n3;Ewa\n', 'latin1')

  it('is asked for where the header is not UTF-8, and not where a single row is', async () => {
    await expect(readAll(table)).rejects.toThrow(/cannot be told with confidence. It may be \S+ or/)
    const { rows } = await readAll(Buffer.from('Nr;Name\n1;Imi\xea\n2;Jan\n3;Ewa\n', 'latin1'))
    expect(rows.map(({ problem }) => problem?.includes('is not UTF-8'))).toEqual([true, undefined, undefined])
  })
})

describe("a report of rollcall's own", () => {
  const report = 'id;name;_row;_line;_status;_register\r\n1;René;1;2;rejected;\r\n2;Zoë;2;3;rejected;\r\n'

  it('is read as such whatever the plan says, also after a spreadsheet has saved it', async () => {
    const declared = { encoding: 'koi8-r', delimiter: '|', quote: "'", skip: 1, columns: ['a', 'b'] }
    for (const content of [Buffer.from(report), Buffer.from(report.replaceAll(';', ','))]) {
      const { columns, rows } = await readAll(content, declared)
      expect(columns?.slice(0, 3)).toEqual(['id', 'name', '_row'])
      expect(rows.map((row) => (row.input.kind === 'cells' ? row.input.cells[1] : ''))).toEqual(['René', 'Zoë'])
    }
    const utf16 = await readAll(Buffer.from(`\uFEFF${report.replaceAll(';', '\t')}`, 'utf16le'), declared)
    expect(utf16.columns?.[1]).toBe('name')
    expect(utf16.rows).toHaveLength(2)
  })

  it('may have a column whose name is of several lines', async () => {
    const content = Buffer.from('id,"name\nas ""given""",_row,_line,_status,_register\r\n1,Zoë,1,2,rejected,\r\n')
    const { columns, rows } = await readAll(content, { encoding: 'koi8-r', delimiter: ';', skip: 1 })
    expect(columns?.[1]).toBe('name\nas "given"')
    expect(rows.map((row) => row.input)).toEqual([{ kind: 'cells', cells: ['1', 'Zoë', '1', '2', 'rejected', ''] }])
  })
})
