import { describe, expect, it } from 'vitest'
import { cellsOf, readAll } from './read-all.ts'

/** A text in one of EBCDIC's code pages (037), or in one of DOS (850): what of them the texts here need. */
function bytesOf(text: string, page: ReadonlyMap<string, number>): Buffer {
  return Buffer.from(Array.from(text, (character) => page.get(character) ?? character.charCodeAt(0)))
}

const EBCDIC = new Map([
  ...rangeOf('abcdefghi', 0x81),
  ...rangeOf('jklmnopqr', 0x91),
  ...rangeOf('stuvwxyz', 0xa2),
  ...rangeOf('ABCDEFGHI', 0xc1),
  ...rangeOf('JKLMNOPQR', 0xd1),
  ...rangeOf('STUVWXYZ', 0xe2),
  ...rangeOf('0123456789', 0xf0),
  ...Object.entries({ ' ': 0x40, ',': 0x6b, '.': 0x4b, '@': 0x7c, '-': 0x60, '\n': 0x25, '\u0085': 0x15 }),
])
const DOS = new Map(Object.entries({ ü: 0x81, é: 0x82, ä: 0x84, ö: 0x94, Ä: 0x8e, Ö: 0x99, ß: 0xe1, ç: 0x87, ñ: 0xa4 }))

function rangeOf(characters: string, from: number): readonly (readonly [string, number])[] {
  return Array.from(characters, (character, at) => [character, from + at] as const)
}

describe('text in EBCDIC is called by its name', () => {
  it.for([
    'MEMBERNO,FIRSTNAME,EMAIL\n00123,ASHA,ASHA@EXAMPLE.COM\n00124,DEV,DEV@EXAMPLE.COM\n',
    'MEMBERNO  NAME      EMAIL\u008500123     Asha      a@example.com\u0085',
    Array.from({ length: 9 }, (_, at) => `0000012${at}ASHA      RAO       u${at}@example.com      `).join(''),
  ])('%j', async (text) => {
    const reading = readAll(bytesOf(text, EBCDIC), { name: 'm.txt' })
    await expect(reading).rejects.toThrow(
      'm.txt is text in EBCDIC, as mainframes and IBM i keep it, which is not read.',
    )
    await expect(reading).rejects.toThrow('iconv -f IBM037 -t UTF-8 m.txt > members-utf8.csv')
  })
})

it.for(['id;name;mail\n1;Jürgen Müller;j@x.de\n2;Ärna Größe;a@x.de\n', 'id;prénom\n1;François\n2;Zoé\n'])(
  'a code page of DOS is called by its name, as it is none that is read: %j',
  async (text) => {
    const reading = readAll(bytesOf(text, DOS), { name: 'm.csv' })
    await expect(reading).rejects.toThrow('It looks like cp850 or cp437 of DOS, which are not read: `iconv -f CP850')
  },
)

/** Characters of JIS X 0208, between the escapes that lead to them and back. */
function escaped(hex: string): string {
  return `\x1B$B${Buffer.from(hex, 'hex').toString('latin1')}\x1B(B`
}

it('Japanese by escapes (ISO-2022-JP) is read, for any cut', async () => {
  // 姓 and 山田.
  const bytes = Buffer.from(`id,${escaped('402b')},mail\n1,${escaped('3b334544')},a@b.co\n`, 'latin1')
  for (const sizes of [[1], [2, 3], [100]]) {
    const { columns, rows, notes } = await readAll(bytes, { sizes })
    expect(columns).toEqual(['id', '姓', 'mail'])
    expect(rows.map(cellsOf)).toEqual([['1', '山田', 'a@b.co']])
    expect(notes).toEqual(['Read as iso-2022-jp.'])
  }
})
