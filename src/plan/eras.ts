/** An era of Japan's that a text has at a place: `showa` of 昭和63年, 昭63 or S63. */
export interface FoundEra {
  readonly era: string
  readonly length: number
}

export function findEra(text: string, at: number): FoundEra | undefined {
  for (const [name, era] of NAMES) {
    if (text.slice(at, at + name.length).toLowerCase() === name) return { era, length: name.length }
  }
  return undefined
}

/** Longest first; small letters. */
const NAMES: readonly (readonly [name: string, era: string])[] = [
  'meiji 明治 明 ㍾ m',
  'taisho 大正 大 ㍽ t',
  'showa 昭和 昭 ㍼ s',
  'heisei 平成 平 ㍻ h',
  'reiwa 令和 令 ㋿ r',
]
  .flatMap((line) => {
    const names = line.split(' ')
    return names.map((name) => [name, names[0] ?? ''] as const)
  })
  .toSorted(([a], [b]) => b.length - a.length)
