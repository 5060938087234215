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
  /** Those that came first, each with its row. */
  readonly values: FoundValue[]
}

interface FoundValue {
  readonly value: string
  readonly row: number
}

/** What was found, as data: by kind, in the order in which the kinds came first. */
export type KindsFound = readonly (readonly [name: string, found: Found])[]

/** Counts things by their kind. Its memory is bounded, whatever is found: beyond 200 kinds, one stands for all others. */
export class Kinds {
  #kinds = new Map<string, Found>()

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
    if (value !== undefined && values.length < VALUES_KEPT && values.every((one) => one.value !== value)) {
      values.push({ value, row: at.row })
    }
  }

  /** Most rows first. A kind is told in the words of its first place. */
  all(): readonly Kind[] {
    const kinds = Array.from(this.#kinds.values(), ({ hint, rows, places, values }): Kind => {
      const message = places[0]?.message ?? ''
      return {
        message,
        ...(hint !== undefined && { hint }),
        rows,
        places,
        ...(values.length > 1 && { values: values.map(({ value }) => value) }),
      }
    })
    return kinds.toSorted((a, b) => b.rows - a.rows)
  }

  found(): KindsFound {
    return [...this.#kinds]
  }

  /**
   * Takes in what was found in other rows, as if all had come in the file's order. Only beyond 200 kinds it may differ
   * which of them count as others, as each side kept those that came first there.
   */
  absorb(more: KindsFound): void {
    const sides = [this.found(), more].flatMap((kinds) => kinds.map(([name, found], at) => ({ name, found, at })))
    const merged = Array.from(
      Map.groupBy(sides, ({ name }) => name),
      ([name, ofSides]) => {
        // What one row holds of several kinds was found by one side, which has them in order.
        const [first, other] = ofSides.toSorted((a, b) => rowOf(a.found) - rowOf(b.found))
        const found = first === undefined || other === undefined ? first?.found : joined(first.found, other.found)
        return { name, found, at: first?.at ?? 0 }
      },
    )
    const inOrder = merged.flatMap(({ name, found, at }) => (found === undefined ? [] : [{ name, found, at }]))
    inOrder.sort((a, b) => rowOf(a.found) - rowOf(b.found) || a.at - b.at)
    this.#kinds = new Map()
    for (const { name, found } of inOrder) {
      if (this.#kinds.size < KINDS_KEPT || name === OTHERS) this.#kinds.set(name, found)
      else this.#kinds.set(OTHERS, joined(this.#others(), found))
    }
  }

  #others(): Found {
    const known = this.#kinds.get(OTHERS)
    if (known !== undefined) return known
    const others: Found = { hint: undefined, rows: 0, places: [], values: [] }
    this.#kinds.set(OTHERS, others)
    return others
  }
}

const OTHERS = 'others'

function rowOf({ places }: Found): number {
  return places[0]?.row ?? Infinity
}

/** The same kind as two have found it; what the first says of it counts. */
function joined(first: Found, other: Found): Found {
  const places = [...first.places, ...other.places].toSorted((a, b) => a.row - b.row)
  const values = [...first.values, ...other.values].toSorted((a, b) => a.row - b.row)
  const different = values.filter(({ value }, at) => values.findIndex((one) => one.value === value) === at)
  return {
    hint: first.hint,
    rows: first.rows + other.rows,
    places: places.slice(0, PLACES_KEPT),
    values: different.slice(0, VALUES_KEPT),
  }
}
