/** What texts begin with: their first two characters, in small letters. Asked of each row of a file. */
export class Starts {
  readonly #starts: ReadonlySet<string>
  /** By two characters of ASCII, whether it is one of them: no text is made of these. */
  readonly #ascii = new Uint8Array(ASCII * ASCII)

  constructor(texts: readonly string[]) {
    this.#starts = new Set(texts.map(startOf))
    for (const start of this.#starts) {
      // Some letters become two.
      if (start.length !== 2) continue
      for (const first of bothCases(start.charAt(0))) {
        for (const second of bothCases(start.charAt(1))) {
          if (first < ASCII && second < ASCII) this.#ascii[first * ASCII + second] = 1
        }
      }
    }
  }

  /** Whether the text begins like one of them. */
  has(text: string): boolean {
    const first = text.charCodeAt(0)
    const second = text.charCodeAt(1)
    if (first < ASCII && second < ASCII) return this.#ascii[first * ASCII + second] === 1
    return this.#starts.has(startOf(text))
  }
}

/** Without the byte order mark of a file that was put behind another. */
function startOf(text: string): string {
  return (text.charCodeAt(0) === 0xfeff ? text.slice(1, 3) : text.slice(0, 2)).toLowerCase()
}

function bothCases(character: string): readonly number[] {
  return [character.charCodeAt(0), character.toUpperCase().charCodeAt(0)]
}

const ASCII = 128
