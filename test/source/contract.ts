import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { UsageError } from '../../src/model.ts'
import { openSource } from '../../src/source/open-source.ts'
import type { TextFormat } from '../../src/source/open-source.ts'
import { readAll } from './read-all.ts'

export interface Sample {
  readonly format: TextFormat
  readonly ending: string
  /** What stands before the first record: a header with its line end, or nothing. */
  readonly start: string
  /** One sound record for each name, without a line end, and what its `input` must be. */
  readonly record: (name: string) => string
  readonly input: (name: string) => unknown
  /** Records that cannot be read, each on one line. */
  readonly broken: readonly string[]
}

/** What every format promises. */
export function describeContract({ format, ending, start, record, input, broken }: Sample): void {
  const firstLine = start === '' ? 1 : 2

  describe(`a ${format} source`, () => {
    for (const [title, eol] of [
      ['LF', '\n'],
      ['CRLF', '\r\n'],
    ] as const) {
      it(`reads lines that end with ${title}, the last with or without one`, async () => {
        for (const last of [eol, '']) {
          const text = `${start}${record('Zoë')}\n${record('李')}`.replaceAll('\n', eol) + last
          const { rows } = await readAll(text, { format })
          expect(rows).toEqual([
            { row: 1, line: firstLine, input: input('Zoë') },
            { row: 2, line: firstLine + 1, input: input('李') },
          ])
        }
      })
    }

    it('takes the byte order mark off and tells the format by the first byte', async () => {
      const read = await readAll(`\uFEFF${start}${record('A')}`)
      expect(read.format).toBe(format)
      expect(read.rows[0]?.input).toEqual(input('A'))
      expect(read.columns?.[0]).toBe(format === 'csv' ? 'id' : undefined)
    })

    it('counts blank lines as lines and not as rows', async () => {
      const { rows } = await readAll(`${start}\n${record('A')}\n \t\n\n${record('B')}\n\n`, { format })
      expect(rows.map(({ row, line }) => [row, line])).toEqual([
        [1, firstLine + 1],
        [2, firstLine + 4],
      ])
    })

    it('keeps a replacement character that truly stands in the file', async () => {
      const { rows } = await readAll(`${start}${record('a\uFFFDb')}\n`, { format })
      expect(rows).toEqual([{ row: 1, line: firstLine, input: input('a\uFFFDb') }])
    })

    it('makes bytes that are not UTF-8 a problem of their row alone', async () => {
      const text = `${start}${record('A')}\n${record('JosX')}\n${record('C')}\n`
      // A replacement character that stands before the bad byte is not what is at fault.
      const [before = '', after = ''] = text.split('JosX')
      const bytes = Buffer.concat([Buffer.from(`${before}\uFFFDJos`), Buffer.from([0xe9]), Buffer.from(after)])
      const { rows } = await readAll(bytes, { format })
      expect(rows.map((row) => row.problem === undefined)).toEqual([true, false, true])
      expect(rows[1]?.problem).toContain(`line ${firstLine + 1}`)
      expect(rows[1]?.problem).toMatch(/byte 0xE9 at character \d/)
    })

    for (const text of broken) {
      it(`gives ${JSON.stringify(text)} a problem that names its line, and leaves its neighbours alone`, async () => {
        const { rows } = await readAll(`${start}${record('A')}\n${text}\n${record('B')}\n`, { format })
        expect(rows).toHaveLength(3)
        expect(rows[0]).toEqual({ row: 1, line: firstLine, input: input('A') })
        expect(rows[1]).toMatchObject({ row: 2, line: firstLine + 1 })
        expect(rows[1]?.problem).toContain(`line ${firstLine + 1}`)
        expect(rows[2]).toEqual({ row: 3, line: firstLine + 2, input: input('B') })
      })
    }

    it('passes over a record that is too long and goes on behind it, wherever the bytes are cut', async () => {
      const text = `${start}${record('A')}\n${record('x'.repeat(500))}\n${record('B')}`
      for (const sizes of [[], [1], [7], [100]]) {
        const { rows } = await readAll(text, { format, sizes, maxRecordBytes: 200 })
        expect(rows.map(({ row, line }) => [row, line])).toEqual([
          [1, firstLine],
          [2, firstLine + 1],
          [3, firstLine + 2],
        ])
        expect(rows[1]?.problem).toContain('longer than 200 bytes')
        expect(rows[2]?.input).toEqual(input('B'))
      }
    })

    it('draws the limit at the same byte, wherever the bytes are cut and however the line ends', async () => {
      const problems: boolean[] = []
      for (const length of [20, 21, 22, 23, 24, 25]) {
        const text = record('x'.repeat(length - record('').length))
        for (const end of ['\n', '\r\n', '', `\n${record('')}`]) {
          const content = `${start}${text}${end}`
          const whole = await readAll(content, { format, maxRecordBytes: 23 })
          problems.push(whole.rows[0]?.problem !== undefined)
          for (let size = 1; size <= content.length; size++) {
            expect(await readAll(content, { format, maxRecordBytes: 23, sizes: [size] })).toEqual(whole)
          }
        }
      }
      expect([problems[0], problems.at(-1)]).toEqual([false, true])
    })

    it('refuses an empty file and one of white space alone', async () => {
      for (const text of ['', '\n \n\r\n', '\uFEFF', '\uFEFF\n']) {
        await expect(readAll(text, { format, sizes: [1] })).rejects.toThrow(UsageError)
        await expect(readAll(text, { format, sizes: [] })).rejects.toThrow('is empty')
      }
    })

    it('shows its progress on a file, in chunks, and reads no further than it is asked', async () => {
      const folder = await mkdtemp(join(tmpdir(), 'rollcall-source-'))
      const text = `${start}${`${record('A'.repeat(40))}\n`.repeat(30_000)}`
      const path = join(folder, `members.${ending}`)
      await writeFile(path, text)
      const source = await openSource(path)
      try {
        expect(source.format).toBe(format)
        let rows = 0
        const bytesRead: number[] = []
        for await (const chunk of source.chunks()) {
          bytesRead.push(source.progress.bytesRead)
          rows += chunk.length
        }
        expect(rows).toBe(30_000)
        expect(bytesRead[1]).toBeLessThan(text.length / 2)
        expect(source.progress).toEqual({ bytesRead: text.length, bytesTotal: text.length })
      } finally {
        await source.close()
        await source.close()
        await rm(folder, { recursive: true })
      }
    })

    it('gives the rows of a stream that has not ended, and closes while it waits for more', async () => {
      const stream = new PassThrough()
      // As much as is looked at before anything is read.
      const text = `${start}${`${record('A'.repeat(1000))}\n`.repeat(270)}`
      stream.write(text)
      const source = await openSource(stream, { format })
      const chunks = source.chunks()[Symbol.asyncIterator]()
      expect((await chunks.next()).value?.length).toBeGreaterThan(0)
      const waiting = chunks.next()
      await source.close()
      await expect(waiting).rejects.toThrow('close')
      expect(stream.destroyed).toBe(true)
    })

    it('is the same rows for any cut of any bytes, numbered from 1, on lines that do not go back', async () => {
      const piece = fc.oneof(
        fc.constantFrom(...broken, '"', ',', '\n', '\r', '\r\n', '\0', '""', '",', '"\n', ' ', '{', '}'),
        fc.string({ unit: 'binary', maxLength: 5 }),
        fc.string({ maxLength: 5 }).map(record),
        fc.uint8Array({ maxLength: 4 }),
      )
      const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 5 })
      const check = fc.asyncProperty(
        fc.array(piece),
        sizes,
        fc.integer({ min: 8, max: 90 }),
        async (pieces, cuts, max) => {
          const bytes = Buffer.concat([Buffer.from(start), ...pieces.map((each) => Buffer.from(each))])
          const options = { format, maxRecordBytes: max, encoding: 'utf-8', delimiter: ',', quote: '"' }
          const whole = await settle(readAll(bytes, options))
          expect(await settle(readAll(bytes, { ...options, sizes: cuts }))).toEqual(whole)
          const rows = 'rows' in whole ? whole.rows : []
          let line = 0
          for (const [index, each] of rows.entries()) {
            expect(each.row).toBe(index + 1)
            expect(each.line).toBeGreaterThan(line)
            line = each.line
          }
        },
      )
      await fc.assert(check, { numRuns: 400 })
    })
  })
}

/** A mistake of the user's is an answer too; anything else is ours and fails the test. */
async function settle<T extends object>(promise: Promise<T>): Promise<T | { refused: string }> {
  try {
    return await promise
  } catch (error) {
    if (error instanceof UsageError) return { refused: error.message }
    throw error
  }
}
