import { GrowingWords } from './growing-words.ts'
import { type Requests, hashAsk, hashMember } from './hash-member.ts'
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
 * what it asks.
 */
export class FirstRows {
  /** By identifier, the first row that has it; by identifier and what is asked, later rows that ask for something else. */
  readonly #table = new HashTable()
  /** By row number, 64 bits of the hash of what it asks. */
  readonly #asks = [new GrowingWords(), new GrowingWords()] as const
  readonly #ask = newHash()
  readonly #found = newHash()
  /** One a member: a row has few. */
  readonly #hashes: Hash[] = []

  /** The earlier row of this one's member: one that asks for the same, if any does. Else this one is remembered. */
  take(row: number, requests: Requests): Earlier | undefined {
    const { members } = requests
    hashAsk(requests, this.#ask)
    let other: Earlier | undefined
    for (let at = 0; at < members.length; at++) {
      const member = members[at] ?? ''
      const hash = (this.#hashes[at] ??= newHash())
      hashMember(member, hash)
      const first = this.#table.get(hash)
      if (first === 0) continue
      if (this.#asksTheSame(first)) return { row: first, by: kindOf(member), same: true }
      hashMember(member, this.#found, this.#ask)
      const later = this.#table.get(this.#found)
      if (later !== 0) return { row: later, by: kindOf(member), same: true }
      other ??= { row: first, by: kindOf(member), same: false }
    }
    this.#remember(row, members, other !== undefined)
    return other
  }

  #remember(row: number, members: readonly string[], someKnown: boolean): void {
    for (const [half, words] of this.#asks.entries()) words.set(row, this.#ask[half] ?? 0)
    for (let at = 0; at < members.length; at++) {
      const hash = this.#hashes[at] as Hash
      if (someKnown && this.#table.get(hash) !== 0) {
        hashMember(members[at] ?? '', this.#found, this.#ask)
        this.#table.set(this.#found, row)
      } else this.#table.set(hash, row)
    }
  }

  #asksTheSame(row: number): boolean {
    return this.#asks.every((words, half) => words.at(row) === this.#ask[half])
  }
}

function kindOf(member: string): string {
  return member.slice(0, member.indexOf(':'))
}
