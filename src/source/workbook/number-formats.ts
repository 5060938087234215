import type { Pieces } from '../pieces.ts'
import { readXml } from './read-xml.ts'

/** How a cell shows its number, as far as it matters. `padded`: with zeros in front, up to `digits`. */
export type NumberFormat =
  | { readonly kind: 'plain' }
  | { readonly kind: 'padded'; readonly digits: number }
  | { readonly kind: 'date' | 'time' | 'datetime' }

export const PLAIN: NumberFormat = { kind: 'plain' }

/** Reads a workbook's styles: the number format of each, by its number. */
export async function readNumberFormats(pieces: Pieces): Promise<readonly NumberFormat[]> {
  const codes = new Map<number, string>()
  const formats: NumberFormat[] = []
  let inCells = false
  const reading = readXml(pieces, {
    open(name, attribute) {
      if (name === 'numFmt') codes.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '')
      else if (name === 'cellXfs') inCells = true
      else if (name === 'xf' && inCells) formats.push(formatOf(Number(attribute('numFmtId') ?? 0), codes))
    },
    close(name) {
      if (name === 'cellXfs') inCells = false
    },
  })
  for await (const _ of reading);
  return formats
}

/** The formats that have a number and no code of their own (ECMA-376 part 1, 18.8.30), as far as they are dates or times. */
const BUILT_IN = new Map<number, NumberFormat>([
  ...numbers(14, 17).map((id) => [id, { kind: 'date' }] as const),
  ...numbers(18, 21).map((id) => [id, { kind: 'time' }] as const),
  [22, { kind: 'datetime' }],
  ...numbers(27, 36).map((id) => [id, { kind: 'date' }] as const),
  ...numbers(45, 47).map((id) => [id, { kind: 'time' }] as const),
  ...numbers(50, 58).map((id) => [id, { kind: 'date' }] as const),
])

function formatOf(id: number, codes: ReadonlyMap<number, string>): NumberFormat {
  const code = codes.get(id)
  return code === undefined ? (BUILT_IN.get(id) ?? PLAIN) : readFormatCode(code)
}

/** Reads a format's code, as `dd/mm/yyyy`, `[h]:mm` or `00000`: its first section, without what stands in it as text. */
export function readFormatCode(code: string): NumberFormat {
  const shown = code.replaceAll(/"[^"]*"|\\.|_.|\*./g, '')
  const [section = ''] = shown.replaceAll(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '').split(';')
  if (/^0{2,}$/.test(section)) return { kind: 'padded', digits: section.length }
  const isDate = /[yd]/i.test(section) || /m{3,}/i.test(section)
  const isTime = /[hs]/i.test(section)
  if (isDate) return { kind: isTime ? 'datetime' : 'date' }
  if (isTime) return { kind: 'time' }
  return PLAIN
}

function numbers(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
