import { isPlaceholder } from './placeholder.ts'

/** Which identifiers of a row are placeholders (`isPlaceholder`). Lanes name the same ones: each is looked at once. */
export class RowPlaceholders {
  readonly #types: string[] = []
  readonly #values: string[] = []
  readonly #answers: boolean[] = []
  #count = 0

  /** Begins another row. */
  begin(): void {
    this.#count = 0
  }

  has(type: string, value: string): boolean {
    for (let at = 0; at < this.#count; at++) {
      // Kinds are told apart at a glance, values only by their characters.
      if (this.#types[at] === type && this.#values[at] === value) return this.#answers[at] as boolean
    }
    const answer = isPlaceholder(type, value)
    const at = this.#count++
    this.#types[at] = type
    this.#values[at] = value
    this.#answers[at] = answer
    return answer
  }
}
