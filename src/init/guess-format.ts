import { shareRead, valueRead } from '../plan/try-filter.ts'

/** How the values of a column are written: filters' arguments, likeliest first; several where they cannot be told apart. */
export interface Guess {
  readonly choices: readonly string[]
  /** The share of the values that it reads, 0 to 1. */
  readonly share: number
  /** A value that all of the choices read. */
  readonly example: string
  /** One that they do not read, if there is one. */
  readonly other?: string
}

/** `''` for a plain number, or else the locales that read most of the values and differ in what they make of them. */
export function guessNumber(values: readonly string[]): Guess | undefined {
  const others = values.filter((value) => shareRead('number', [], [value]) === 0)
  const plain = 1 - others.length / Math.max(values.length, 1)
  if (plain >= MOSTLY) {
    // 1.250 is a thousand and more where a point stands between thousands, and every point of the column does.
    const points = values.filter((value) => value.includes('.'))
    const isOpen = points.length > 0 && points.every((value) => /^-?[1-9]\d{0,2}(?:\.\d{3})+$/.test(value))
    return isOpen && shareRead('number', ['de-DE'], values) >= plain
      ? { choices: ['en-US', 'de-DE'], share: plain, example: points[0] ?? '' }
      : { choices: [''], share: plain, example: values[0] ?? '' }
  }
  const written = guess('number', ['en-IN', 'en-US', 'de-DE', 'fr-FR', 'de-CH'], others)
  if (written === undefined) return undefined
  // 1,234 is the same number in India and in America, and another one in Germany.
  const meanings = written.choices.map((locale) => valueRead('number', [locale], written.example))
  const choices = written.choices.filter((_, at) => meanings.indexOf(meanings[at]) === at)
  const other = values.find((value) => shareRead('number', choices.slice(0, 1), [value]) === 0)
  return {
    ...written,
    share: shareRead('number', choices.slice(0, 1), values),
    choices,
    ...(other !== undefined && { other }),
  }
}

/** Below this share, a guess is none. */
const ENOUGH = 0.6
/** Plain numbers but for a few are plain numbers, and the few are wrong. */
const MOSTLY = 0.95

function guess(filter: string, candidates: readonly string[], values: readonly string[]): Guess | undefined {
  // Most candidates read none of the first few.
  const some = values.slice(0, 10)
  const shares = candidates
    .filter((candidate) => shareRead(filter, [candidate], some) > 0)
    .map((candidate) => ({ candidate, share: shareRead(filter, [candidate], values) }))
  const best = Math.max(0, ...shares.map(({ share }) => share))
  if (best < ENOUGH) return undefined
  const choices = shares.filter(({ share }) => share === best).map(({ candidate }) => candidate)
  const example = values.find((value) => choices.every((choice) => shareRead(filter, [choice], [value]) === 1)) ?? ''
  return { choices, share: best, example }
}
