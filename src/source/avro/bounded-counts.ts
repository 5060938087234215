import avsc from 'avsc'

/** Where the library reads. Behind its end there are zeros, and no error. */
interface Tap {
  pos: number
  readonly buf: Buffer
  readLong(): number
  readString(): string
  skipLong(): void
  isValid(): boolean
}

interface Items {
  _read(tap: Tap): unknown
}

/** Items may take no bytes at all (nulls); so many of these are believed. */
const MOST_WITHOUT_BYTES = 100_000

/**
 * Lets the library's maps and arrays end with the bytes that are there. It reads as many items as a count says, also behind
 * the end: of a damaged count, for hours and without a pause. Where the bytes run out, the library sees it by itself.
 */
export function boundCounts(): void {
  for (const [type, read] of [
    [avsc.types.MapType, readMap],
    [avsc.types.ArrayType, readArray],
  ] as const) {
    Object.assign(type.prototype, { _read: read })
  }
}

function readMap(this: { readonly valuesType: Items }, tap: Tap): Record<string, unknown> {
  const value: Record<string, unknown> = {}
  eachItem(tap, () => {
    const key = tap.readString()
    // eslint-disable-next-line no-underscore-dangle -- the library's own name
    value[key] = this.valuesType._read(tap)
  })
  return value
}

function readArray(this: { readonly itemsType: Items }, tap: Tap): unknown[] {
  const value: unknown[] = []
  // eslint-disable-next-line no-underscore-dangle -- the library's own name
  eachItem(tap, () => value.push(this.itemsType._read(tap)))
  return value
}

/** Items come in blocks, each with its count in front; of a negative one, the block's length follows. A count of 0 ends them. */
function eachItem(tap: Tap, read: () => void): void {
  for (let count = tap.readLong(); count !== 0; count = tap.readLong()) {
    if (count < 0) {
      count = -count
      tap.skipLong()
    }
    // Behind the end, as the library marks what it cannot read.
    if (count > Math.max(tap.buf.length - tap.pos, MOST_WITHOUT_BYTES)) tap.pos = tap.buf.length + 1
    for (; count > 0 && tap.isValid(); count--) read()
    if (!tap.isValid()) return
  }
}
