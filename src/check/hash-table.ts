import type { Hash } from './hash-text.ts'

/**
 * Numbers by hashes, for tens of millions of them: 12 bytes an entry in arrays that are filled by two thirds to five
 * sixths, so 15 to 18 bytes in all; no objects. There are 64 parts that grow one by one, by a quarter, so growing
 * takes no second copy of the whole, and they start at different sizes, so as not to grow all at once.
 *
 * Two keys count as equal where 70 bits of their hashes do (64 that are kept, and 6 that choose the part). Of 30
 * million different keys, some two are taken for one with a probability of (3e7)² / 2 / 2^70, which is 1 in 2.6 million.
 */
export class HashTable {
  readonly #parts: Uint32Array[] = []
  readonly #counts = new Uint32Array(PARTS)

  constructor() {
    for (let part = 0; part < PARTS; part++) {
      this.#parts.push(new Uint32Array(Math.ceil(SMALLEST * GROWTH ** (part / PARTS)) * WORDS))
    }
  }

  /** What the table takes, in bytes. */
  get bytes(): number {
    return this.#parts.reduce((sum, part) => sum + part.byteLength, 0)
  }

  /** The number under a hash, or 0. */
  get(hash: Hash): number {
    const part = this.#parts[(hash[2] as number) >>> PART_SHIFT] as Uint32Array
    return part[findSlot(part, hash[0] as number, hash[1] as number) + 2] as number
  }

  /** The number under a hash. Where there is none, this one (from 1 to 2^32 - 1) is put there, and 0 is given. */
  getOrSet(hash: Hash, value: number): number {
    const which = (hash[2] as number) >>> PART_SHIFT
    const part = this.#parts[which] as Uint32Array
    const slot = findSlot(part, hash[0] as number, hash[1] as number)
    const known = part[slot + 2] as number
    if (known === 0) this.#insert(which, slot, hash, value)
    return known
  }

  /** Sets the number under a hash. */
  set(hash: Hash, value: number): void {
    const which = (hash[2] as number) >>> PART_SHIFT
    const part = this.#parts[which] as Uint32Array
    const slot = findSlot(part, hash[0] as number, hash[1] as number)
    if (part[slot + 2] === 0) this.#insert(which, slot, hash, value)
    else part[slot + 2] = value
  }

  /** Takes back what was put in last, and has not been taken back: those before it did not have to pass by it. */
  undo(hash: Hash): void {
    const which = (hash[2] as number) >>> PART_SHIFT
    const part = this.#parts[which] as Uint32Array
    part[findSlot(part, hash[0] as number, hash[1] as number) + 2] = 0
    this.#counts[which] = (this.#counts[which] as number) - 1
  }

  #insert(which: number, free: number, hash: Hash, value: number): void {
    let part = this.#parts[which] as Uint32Array
    let slot = free
    const count = (this.#counts[which] as number) + 1
    this.#counts[which] = count
    if (count * WORDS > part.length * FULLEST) {
      part = grown(part)
      this.#parts[which] = part
      slot = findSlot(part, hash[0] as number, hash[1] as number)
    }
    part[slot] = hash[0] as number
    part[slot + 1] = hash[1] as number
    part[slot + 2] = value
  }
}

const PARTS = 64
const PART_SHIFT = 26
const SMALLEST = 16
const GROWTH = 1.25
const FULLEST = 5 / 6
/** An entry: two words of the hash, and the number, which is 0 where the slot is free. */
const WORDS = 3

/** Turns a word times the length of a part into the share of its entries. */
const SHARE = 1 / (WORDS * 2 ** 32)

/** The slot of a hash, or the free one where it belongs: from where its first word points, the next that fits. */
function findSlot(part: Uint32Array, first: number, second: number): number {
  const { length } = part
  let slot = Math.floor(first * length * SHARE) * WORDS
  while (part[slot + 2] !== 0 && (part[slot] !== first || part[slot + 1] !== second)) {
    slot += WORDS
    if (slot === length) slot = 0
  }
  return slot
}

function grown(part: Uint32Array): Uint32Array {
  const next = new Uint32Array(Math.ceil((part.length / WORDS) * GROWTH) * WORDS)
  for (let from = 0; from < part.length; from += WORDS) {
    if (part[from + 2] === 0) continue
    const to = findSlot(next, part[from] as number, part[from + 1] as number)
    next[to] = part[from] as number
    next[to + 1] = part[from + 1] as number
    next[to + 2] = part[from + 2] as number
  }
  // Given back now: the collector does not hurry for what lies outside its heap.
  if (part.buffer instanceof ArrayBuffer) part.buffer.transfer(0)
  return next
}
