import { TextDecoder } from '@exodus/bytes/encoding.js'

/** How probable each character is in an encoding of two bytes, as a logarithm. What is not there is unlikely. */
export interface DoubleByteTable {
  readonly encoding: string
  readonly weights: ReadonlyMap<string, number>
}

/** Characters whose bytes lie in these ranges, and what share of a text they make. */
interface Zone {
  readonly share: number
  readonly lead: readonly [number, number]
  readonly trail: readonly [number, number]
}

/**
 * Each of the national standards puts its common characters before its rare ones, so that where a character stands tells
 * how common it is. Shares are rough: names and places, with some kana beside the kanji in Japanese.
 */
const ZONES: Readonly<Record<string, readonly Zone[]>> = {
  shift_jis: [
    { share: 0.15, lead: [0x82, 0x82], trail: [0x9f, 0xf1] },
    { share: 0.25, lead: [0x83, 0x83], trail: [0x40, 0x96] },
    { share: 0.5, lead: [0x88, 0x97], trail: [0x40, 0xfc] },
    { share: 0.04, lead: [0x98, 0x9f], trail: [0x40, 0xfc] },
    { share: 0.03, lead: [0x81, 0x82], trail: [0x40, 0x9e] },
  ],
  'euc-jp': [
    { share: 0.15, lead: [0xa4, 0xa4], trail: [0xa1, 0xf3] },
    { share: 0.25, lead: [0xa5, 0xa5], trail: [0xa1, 0xf6] },
    { share: 0.5, lead: [0xb0, 0xcf], trail: [0xa1, 0xfe] },
    { share: 0.04, lead: [0xd0, 0xf4], trail: [0xa1, 0xfe] },
    { share: 0.03, lead: [0xa1, 0xa3], trail: [0xa1, 0xfe] },
  ],
  gb18030: [
    { share: 0.9, lead: [0xb0, 0xd7], trail: [0xa1, 0xfe] },
    { share: 0.06, lead: [0xd8, 0xf7], trail: [0xa1, 0xfe] },
    { share: 0.03, lead: [0xa1, 0xa3], trail: [0xa1, 0xfe] },
  ],
  big5: [
    { share: 0.92, lead: [0xa4, 0xc6], trail: [0x40, 0xfe] },
    { share: 0.04, lead: [0xc9, 0xf9], trail: [0x40, 0xfe] },
    { share: 0.03, lead: [0xa1, 0xa3], trail: [0x40, 0xfe] },
  ],
  'euc-kr': [
    { share: 0.94, lead: [0xb0, 0xc8], trail: [0xa1, 0xfe] },
    { share: 0.02, lead: [0xca, 0xfd], trail: [0xa1, 0xfe] },
    { share: 0.03, lead: [0xa1, 0xa3], trail: [0xa1, 0xfe] },
  ],
}

let tables: readonly DoubleByteTable[] | undefined

/** The tables of all such encodings, made when they are first asked for. */
export function doubleByteTables(): readonly DoubleByteTable[] {
  return (tables ??= Object.entries(ZONES).map(([encoding, zones]) => ({
    encoding,
    weights: weightsOf(encoding, zones),
  })))
}

function weightsOf(encoding: string, zones: readonly Zone[]): Map<string, number> {
  const decoder = new TextDecoder(encoding)
  const weights = new Map<string, number>()
  for (const { share, lead, trail } of zones) {
    const characters: string[] = []
    for (let first = lead[0]; first <= lead[1]; first++) {
      for (let second = trail[0]; second <= trail[1]; second++) {
        const text = decoder.decode(Buffer.from([first, second]))
        if (text.length === 1 && text !== '\uFFFD' && !weights.has(text)) characters.push(text)
      }
    }
    for (const character of characters) weights.set(character, Math.log(share / characters.length))
  }
  return weights
}
