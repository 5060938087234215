import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAll, valueOf } from './read-all.ts'

const jsonl = (text: string | Buffer, sizes: readonly number[] = []) => readAll(text, { format: 'jsonl', sizes })

describe('JSON Lines', () => {
  it('keep the digits of numbers that a double cannot hold', async () => {
    const { rows } = await jsonl(
      '{"id":12345678901234567890,"ids":[-9007199254740993, 9007199254740991],"n":1e400,"f":0.30000000000000004,"s":"12345678901234567890"}',
    )
    expect(valueOf(rows[0])).toEqual({
      id: '12345678901234567890',
      ids: ['-9007199254740993', 9007199254740991],
      n: '1e400',
      f: 0.30000000000000004,
      s: '12345678901234567890',
    })
  })

  it('keep every whole number, as a number where that is exact', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.bigInt({ min: -(10n ** 25n), max: 10n ** 25n }),
        fc.constantFrom('', ' '),
        async (id, space) => {
          const { rows } = await jsonl(`{"id":${space}${id},"list":[${id}]}`)
          const exact = BigInt.asIntN(54, id) === id && id !== -(2n ** 53n) ? Number(id) : String(id)
          expect(valueOf(rows[0])).toEqual({ id: exact, list: [exact] })
        },
      ),
    )
  })

  it('keep the text of a line that is not JSON, and say where it breaks', async () => {
    const { rows } = await jsonl('{"id":1}\n{"id" 2}\r\n{"id":\n')
    expect(rows[1]).toEqual({
      row: 2,
      line: 2,
      input: { kind: 'value', value: null },
      problem: expect.stringContaining('line 2, character 7: the line is not JSON'),
      raw: '{"id" 2}',
    })
    expect(rows[2]?.problem).toContain('breaks off')
  })

  it('keep the value of a line that is no object, and say what was expected', async () => {
    const { rows } = await jsonl('[{"id":1},{"id":2}]\n7\n')
    expect(valueOf(rows[0])).toEqual([{ id: 1 }, { id: 2 }])
    expect(rows[0]?.problem).toContain('holds an array of 2; one JSON object was expected')
    expect(rows[1]?.problem).toContain('holds a number')
  })

  it('quote no values in their problems', async () => {
    const { rows } = await jsonl('{"email":"asha@example.com" "x"}\n{"email":asha@example.com}\n')
    for (const { problem } of rows) expect(problem).not.toContain('asha')
  })

  it.each([
    [String.raw`{"id":1,"name":"As\u0000ha"}`, 'line 2, "name": the value holds the character U+0000'],
    [String.raw`{"id":1,"name":"Bad\ud83d"}`, 'line 2, "name": the value holds half of a character (U+D83D, '],
    [String.raw`{"id":1,"name":"\uDE00\uD83D"}`, 'half of a character (U+DE00, '],
    [String.raw`{"profile":{"names":["a",{"last":"\ud83dx"}]}}`, 'line 2, "profile.names.1.last": '],
    [String.raw`{"na\u0000me":1}`, 'line 2, "na\uFFFDme": the value holds the character U+0000'],
  ])(
    'are invalid where an escape is no character of a text, and their neighbours are not: %s',
    async (line, problem) => {
      const { rows } = await jsonl(`{"id":0}\n${line}\n{"id":2,"name":"\\ud83d\\ude00 \\\\u0000"}`)
      expect(rows.map((row) => row.problem?.includes(problem))).toEqual([undefined, true, undefined])
      expect(rows[1]?.raw).toBe(line)
      expect(valueOf(rows[2])).toEqual({ id: 2, name: '\u{1F600} \\u0000' })
    },
  )

  it.each([
    ['lists', '['.repeat(99), ']'.repeat(99), undefined],
    ['lists, one more', '['.repeat(100), ']'.repeat(100), 'line 1: the line is nested more than 100 deep'],
    ['20,000 lists', '['.repeat(20_000), ']'.repeat(20_000), 'nested more than 100 deep'],
    ['objects', '{"a":'.repeat(100), '}'.repeat(100), 'nested more than 100 deep'],
    ['lists that are cut off', '['.repeat(500_000), '', 'nested more than 100 deep'],
    ['brackets in a text', `"\\"${'[{'.repeat(200)}`, '"', undefined],
    ['lists beside each other', `[${'[],'.repeat(200)}`, '1]', undefined],
  ])('may be nested 100 deep and no deeper: %s', async (_what, open, close, problem) => {
    const { rows } = await jsonl(`{"id":12345678901234567890,"x":${open}${close}}\n{"id":2}`)
    if (problem === undefined) expect(rows[0]?.problem).toBeUndefined()
    else expect(rows[0]?.problem).toContain(problem)
    expect(valueOf(rows[1])).toEqual({ id: 2 })
  })

  it('that JSON.stringify wrote come back the same, however they are cut', async () => {
    const object = fc
      .dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ noUnicodeString: false }))
      .filter((each) => !UNSOUND.test(JSON.stringify(each)))
    const sizes = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 })
    await fc.assert(
      fc.asyncProperty(fc.array(object, { minLength: 1 }), sizes, async (objects, cuts) => {
        const lines = objects.map((each) => JSON.stringify(each))
        const { rows } = await jsonl(lines.join('\n'), cuts)
        expect(rows.map((row) => row.problem)).toEqual(lines.map(() => undefined))
        expect(rows.map((row) => row.line)).toEqual(lines.map((_, index) => index + 1))
        const { rows: whole } = await jsonl(lines.join('\r\n'))
        expect(whole).toEqual(rows)
        // Numbers beyond 2^53 are strings now; all else is what JSON.parse makes of the line.
        const exact = [...lines.keys()].filter((index) => !/\d{16}|\d[eE]/.test(lines[index] ?? ''))
        expect(exact.map((index) => JSON.stringify(valueOf(rows[index])))).toEqual(
          exact.map((index) => JSON.stringify(JSON.parse(lines[index] ?? ''))),
        )
      }),
    )
  })
})

/** An escape that `JSON.stringify` writes for U+0000, or for half of a surrogate pair. */
const UNSOUND = /\\u(?:0000|d[89a-f])/
