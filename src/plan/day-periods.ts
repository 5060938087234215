import { type FoundName, NameTable } from './name-table.ts'

/** Which half of the day (0 before noon, 1 after it) a text says at a place: AM or PM, or what stands for them elsewhere. */
export function findHalf(text: string, at: number): FoundName | undefined {
  const code = text.charCodeAt(at) | 32
  if ((text.charCodeAt(at + 1) | 32) === M && (code === A || code === P))
    return { value: code === P ? 1 : 0, length: 2 }
  table ??= readNames()
  const found = table.findAt(text, at)
  if (found === undefined) return undefined
  // Of `a.m.`, the last point belongs to it.
  return text.charAt(at + found.length) === '.' ? { ...found, length: found.length + 1 } : found
}

const A = 97
const M = 109
const P = 112

let table: NameTable | undefined

const LANGUAGES = 'en en-AU es es-MX ar fa hi ja ko zh zh-TW vi ms pt-PT el bg da sv sq ta te ur bn'.split(' ')

function readNames(): NameTable {
  const names = new NameTable()
  for (const language of LANGUAGES) {
    const format = new Intl.DateTimeFormat(`${language}-u-nu-latn`, { hour: 'numeric', hour12: true, timeZone: 'UTC' })
    for (const half of [0, 1]) {
      const parts = format.formatToParts(Date.UTC(2024, 0, 1, 9 + half * 6))
      names.add(parts.find(({ type }) => type === 'dayPeriod')?.value ?? '', half)
    }
  }
  return names
}
