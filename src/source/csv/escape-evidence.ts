/** What a sample shows of backslashes that stand before other characters. */
export interface EscapeEvidence {
  /** Each stands before a character that programs escape, and none seems to be part of a path. */
  readonly areEscapes: boolean
  /** Cells of `\N`, doubled backslashes, escaped line ends, and `\n`, `\t` or `\r`. */
  readonly nulls: number
  readonly doubled: number
  readonly lineEnds: number
  readonly letters: number
}

/** Counts the backslashes of a text whose cells are divided by `delimiter`. */
export function escapeEvidence(text: string, delimiter: string): EscapeEvidence {
  const found = { nulls: 0, doubled: 0, lineEnds: 0, letters: 0 }
  let areEscapes = true
  for (let at = text.indexOf('\\'); at >= 0; at = text.indexOf('\\', at + 2)) {
    const next = text[at + 1]
    if (next === undefined) break
    if (next === 'N' && isCell(text, at, delimiter)) found.nulls++
    else if (next === '\\') found.doubled++
    else if (next === '\n' || next === '\r') found.lineEnds++
    else if ('ntr'.includes(next)) found.letters++
    // `C:\new`: a lone backslash behind a drive.
    if (next !== '\\' && DRIVE.test(text.slice(Math.max(0, at - 3), at))) areEscapes = false
    if (next !== delimiter && !ESCAPED.has(next)) areEscapes = false
  }
  return { ...found, areEscapes }
}

function isCell(text: string, at: number, delimiter: string): boolean {
  const [before = '\n', after = '\n'] = [text[at - 1], text[at + 2]]
  return (before === delimiter || before === '\n') && (after === delimiter || after === '\n' || after === '\r')
}

const DRIVE = /(?:^|\P{L})\p{L}:$/u
const ESCAPED: ReadonlySet<string> = new Set([
  '\\',
  'n',
  't',
  'r',
  'b',
  'f',
  'v',
  '0',
  'N',
  'Z',
  '.',
  '"',
  "'",
  '\n',
  '\r',
])
