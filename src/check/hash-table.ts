import type { Hash } from './hash-text.ts'

/**
 * Numbers by hashes, for tens of millions of them: 12 bytes an entry in arrays that are filled by two thirds to five
 * sixths, so 15 to 18 bytes in all; no objects. There are 64 parts, which grow one by one, by a quarter, and start at
 * different sizes, so as not to grow all at once. A part is made of blocks and grows where it is: nothing is given back
 * to the allocator, which would keep it in pieces too small for the next size.
 *
 * Two keys count as equal where 70 bits of their hashes do (64 that are kept, and 6 that choose the part). Of 30
 * million different keys, some two are taken for one with a probability of (3e7)² / 2 / 2^70, which is 1 in 2.6 million.
 */
export class HashTable {
  readonly #parts = Array.from({ length: PARTS }, (_, at): Part => ({
    blocks: [new Uint32Array(BLOCK_SLOTS * WORDS)],
    slots: Math.ceil(SMALLEST * GROWTH ** (at / PARTS)),
    count: 0,
  }))

  /** What the entries take, in bytes. Blocks that are not full are not touched, and take no memory where they are not. */
  get bytes(): number {
    return this.#parts.reduce((sum, { slots }) => sum + slots, 0) * WORDS * Uint32Array.BYTES_PER_ELEMENT
  }

  /** The number under a hash, or 0. `seen`: where it was looked for, so that `set` need not look again. */
  get(hash: Hash, seen?: Seen): number {
    const part = this.#partOf(hash)
    const slot = findSlot(part, hash[0] as number, hash[1] as number)
    if (seen !== undefined) {
      seen.slot = slot
      seen.slots = part.slots
    }
    return blockOf(part, slot)[placeOf(slot) + 2] as number
  }

  /** The number under a hash. Where there is none, this one (from 1 to 2^32 - 1) is put there, and 0 is given. */
  getOrSet(hash: Hash, value: number): number {
    const part = this.#partOf(hash)
    const slot = findSlot(part, hash[0] as number, hash[1] as number)
    const known = blockOf(part, slot)[placeOf(slot) + 2] as number
    if (known === 0) insert(part, slot, hash, value)
    return known
  }

  /** Sets the number under a hash. `seen`: what `get` said of it; others may have been set since. */
  set(hash: Hash, value: number, seen?: Seen): void {
    const part = this.#partOf(hash)
    const [first, second] = hash as Uint32Array & [number, number]
    const slot =
      seen?.slots === part.slots ? findSlotFrom(part, seen.slot, first, second) : findSlot(part, first, second)
    const block = blockOf(part, slot)
    if (block[placeOf(slot) + 2] === 0) insert(part, slot, hash, value)
    else block[placeOf(slot) + 2] = value
  }

  #partOf(hash: Hash): Part {
    return this.#parts[(hash[2] as number) >>> PART_SHIFT] as Part
  }
}

/** Where `get` has found a hash, or the free slot for it, in a part of so many slots. */
export interface Seen {
  slot: number
  slots: number
}

interface Part {
  readonly blocks: Uint32Array[]
  /** Places for entries, over all blocks. */
  slots: number
  count: number
}

const PARTS = 64
const PART_SHIFT = 26
const SMALLEST = 16
const GROWTH = 1.25
const FULLEST = 5 / 6
/** An entry: two words of the hash, and the number, which is 0 where the slot is free. */
const WORDS = 3
const BLOCK_BITS = 12
const BLOCK_SLOTS = 1 << BLOCK_BITS

function blockOf(part: Part, slot: number): Uint32Array {
  return part.blocks[slot >>> BLOCK_BITS] as Uint32Array
}

function placeOf(slot: number): number {
  return (slot & (BLOCK_SLOTS - 1)) * WORDS
}

/** The slot of a hash, or the free one where it belongs: from where its first word points, the next that fits. */
function findSlot(part: Part, first: number, second: number): number {
  return findSlotFrom(part, Math.floor((first * part.slots) / 2 ** 32), first, second)
}

function findSlotFrom(part: Part, from: number, first: number, second: number): number {
  const { blocks, slots } = part
  let slot = from
  for (;;) {
    // Within a block, a look costs a step of a place and no more.
    const block = blocks[slot >>> BLOCK_BITS] as Uint32Array
    const begin = placeOf(slot)
    const end = begin + Math.min(BLOCK_SLOTS - (slot & (BLOCK_SLOTS - 1)), slots - slot) * WORDS
    for (let place = begin; place < end; place += WORDS) {
      if (block[place + 2] === 0 || (block[place] === first && block[place + 1] === second)) {
        return slot + (place - begin) / WORDS
      }
    }
    slot += (end - begin) / WORDS
    if (slot === slots) slot = 0
  }
}

function insert(part: Part, free: number, hash: Hash, value: number): void {
  let slot = free
  part.count += 1
  if (part.count > part.slots * FULLEST) {
    grow(part)
    slot = findSlot(part, hash[0] as number, hash[1] as number)
  }
  write(part, slot, hash[0] as number, hash[1] as number, value)
}

function write(part: Part, slot: number, first: number, second: number, value: number): void {
  const block = blockOf(part, slot)
  const place = placeOf(slot)
  block[place] = first
  block[place + 1] = second
  block[place + 2] = value
}

/** Where entries wait while their part is made anew; parts grow one after the other. */
let aside = new Uint32Array(0)

function grow(part: Part): void {
  if (aside.length < part.slots * WORDS) aside = new Uint32Array(part.slots * WORDS * 2)
  const length = setAside(part, aside)
  part.slots = Math.ceil(part.slots * GROWTH)
  while (part.blocks.length * BLOCK_SLOTS < part.slots) part.blocks.push(new Uint32Array(BLOCK_SLOTS * WORDS))
  for (let from = 0; from < length; from += WORDS) {
    const first = aside[from] as number
    const second = aside[from + 1] as number
    write(part, findSlot(part, first, second), first, second, aside[from + 2] as number)
  }
}

/** Moves a part's entries, in their order, which is nearly that of their hashes; gives how many words they are. */
function setAside({ blocks, slots }: Part, to: Uint32Array): number {
  let length = 0
  for (const [at, block] of blocks.entries()) {
    const end = Math.min(slots - at * BLOCK_SLOTS, BLOCK_SLOTS) * WORDS
    for (let place = 0; place < end; place += WORDS) {
      if (block[place + 2] === 0) continue
      to[length] = block[place] as number
      to[length + 1] = block[place + 1] as number
      to[length + 2] = block[place + 2] as number
      length += WORDS
      block[place + 2] = 0
    }
  }
  return length
}
