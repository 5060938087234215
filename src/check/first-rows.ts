import type { Identifier } from '../plan/identifiers.ts'
import { GrowingWords } from './growing-words.ts'
import { AskHash, type Requests, hashMember } from './hash-member.ts'
import { HashTable } from './hash-table.ts'
import { type Hash, newHash } from './hash-text.ts'

/** An earlier row that is sent for the same member. */
export interface Earlier {
  readonly row: number
  /** The kind of identifier that both have, such as `mobile`. */
  readonly by: string
  /** Whether both ask for the same, so that the later one repeats the earlier. */
  readonly same: boolean
}

/**
 * Remembers the rows that are sent, by their members. Takes 15 to 18 bytes for each identifier, and 8 bytes a row for
 * what it asks, unless all ask for the same.
 */
export class FirstRows {
  /** By identifier, the first row that has it; by identifier and what is asked, later rows that ask for something else. */
  readonly #table = new HashTable()
  /** Two words of the hash of what the first rows ask, as long as all ask for the same. */
  #common: readonly [number, number] | undefined
  /** From the first row on that asks for something else, the same by row. */
  #differsFrom: number | undefined
  readonly #asks = new GrowingWords()
  readonly #ask = new AskHash()
  /** The hashes that the row at hand has added to the table so far. */
  readonly #hashes: Hash[] = []
  #added = 0

  /** The earlier row of this one's member: one that asks for the same, if any does. Else this one is remembered. */
  take(row: number, requests: Requests): Earlier | undefined {
    const { members } = requests
    this.#ask.of(requests)
    let other: Earlier | undefined
    this.#added = 0
    for (let at = 0; at < members.length; at++) {
      const member = members[at] as Identifier
      const first = this.#takeHash(member, row)
      if (first === 0) continue
      const same = this.#asksTheSame(first) ? first : this.#takeHash(member, row, this.#ask.hash)
      if (same !== 0) {
        while (this.#added > 0) this.#table.undo(this.#hashes[--this.#added] as Hash)
        return { row: same, by: member.type, same: true }
      }
      other ??= { row: first, by: member.type, same: false }
    }
    this.#keepAsk(row)
    return other
  }

  /** The row of a member, with what is asked or without. Where there is none, it is this one from now on. */
  #takeHash(member: Identifier, row: number, ask?: Hash): number {
    const hash = (this.#hashes[this.#added] ??= newHash())
    hashMember(member, hash, ask)
    const known = this.#table.getOrSet(hash, row)
    if (known === 0) this.#added += 1
    return known
  }

  #keepAsk(row: number): void {
    const [first, second] = this.#ask.hash as Uint32Array & [number, number]
    if (this.#differsFrom === undefined) {
      this.#common ??= [first, second]
      if (this.#common[0] === first && this.#common[1] === second) return
      this.#differsFrom = row
    }
    this.#asks.set((row - this.#differsFrom) * 2, first)
    this.#asks.set((row - this.#differsFrom) * 2 + 1, second)
  }

  #asksTheSame(row: number): boolean {
    const { hash } = this.#ask
    const from = this.#differsFrom ?? Infinity
    if (row < from) return this.#common?.[0] === hash[0] && this.#common?.[1] === hash[1]
    return this.#asks.at((row - from) * 2) === hash[0] && this.#asks.at((row - from) * 2 + 1) === hash[1]
  }
}
