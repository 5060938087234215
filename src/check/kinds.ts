/** Where in the file something was found. */
export interface FoundAt {
  readonly row: number
  readonly line: number
  readonly key: string
  /** What was found there, in its own words. */
  readonly message: string
}

/** One kind of thing, and where it was found first. */
export interface Kind {
  readonly message: string
  readonly hint?: string
  readonly rows: number
  /** The first ten. */
  readonly places: readonly FoundAt[]
  /** Where values differ, up to three of them, quoted. */
  readonly values?: readonly string[]
}

const PLACES_KEPT = 10
const VALUES_KEPT = 3
const KINDS_KEPT = 200

interface Found {
  readonly hint: string | undefined
  rows: number
  readonly places: FoundAt[]
  readonly values: string[]
}

/** Counts things by their kind. Its memory is bounded, whatever is found: beyond 200 kinds, one stands for all others. */
export class Kinds {
  readonly #kinds = new Map<string, Found>()

  /** `kind`: the same for things that count as one; numbers in it do not matter. `value`: quoted. */
  add(kind: string, at: FoundAt, hint?: string, value?: string): void {
    const name = kind.replaceAll(/\d+/g, '0')
    let found = this.#kinds.get(name)
    if (found === undefined) {
      found = { hint, rows: 0, places: [], values: [] }
      if (this.#kinds.size < KINDS_KEPT) this.#kinds.set(name, found)
      else found = this.#others()
    }
    found.rows += 1
    if (found.places.length < PLACES_KEPT) found.places.push(at)
    const { values } = found
    if (value !== undefined && values.length < VALUES_KEPT && !values.includes(value)) values.push(value)
  }

  /** Most rows first. A kind is told in the words of its first place. */
  all(): readonly Kind[] {
    const kinds = Array.from(this.#kinds.values(), ({ hint, rows, places, values }): Kind => {
      const message = places[0]?.message ?? ''
      return { message, ...(hint !== undefined && { hint }), rows, places, ...(values.length > 1 && { values }) }
    })
    return kinds.toSorted((a, b) => b.rows - a.rows)
  }

  #others() {
    const known = this.#kinds.get(OTHERS)
    if (known !== undefined) return known
    const others: Found = { hint: undefined, rows: 0, places: [], values: [] }
    this.#kinds.set(OTHERS, others)
    return others
  }
}

const OTHERS = 'others'
