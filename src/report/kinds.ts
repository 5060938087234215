/** Things counted by kind, so many kinds at most: memory and reports stay small, whatever a run meets. */
export class Kinds<Kind extends { rows: number }> {
  readonly #most: number
  readonly #found = new Map<string, Kind>()
  #others = 0

  constructor(most: number) {
    this.#most = most
  }

  /** Counts one row for a kind, and gives it; `create` makes it, without rows, where it is new. Undefined where it found no room. */
  count(key: string, create: () => Kind): Kind | undefined {
    let kind = this.#found.get(key)
    if (kind === undefined) {
      if (this.#found.size === this.#most) {
        this.#others += 1
        return undefined
      }
      kind = create()
      this.#found.set(key, kind)
    }
    kind.rows += 1
    return kind
  }

  /** The kinds, most rows first; of equal ones the first that came. */
  sorted(): readonly Kind[] {
    return [...this.#found.values()].toSorted((a, b) => b.rows - a.rows)
  }

  /** How often a row was of a kind for which there was no room. */
  get others(): number {
    return this.#others
  }
}
