import { GrowingWords } from './growing-words.ts'
import { AskHash, type Requests, hashMember } from './hash-member.ts'
import { HashTable } from './hash-table.ts'
import { newHash } from './hash-text.ts'

/**
 * Finds the rows that a later one repeats: of rows of one member, the last counts. To be given every row that would be
 * sent, in the file's order, and then settled. Beside the table it takes 12 bytes for each time that an identifier
 * comes again, and 4 bytes a row.
 */
export class LastRows {
  readonly #table = new HashTable()
  readonly #ask = new AskHash()
  readonly #hash = newHash()
  /** Times that an identifier came again: where it was before, where it is now, and which such time was its last. */
  readonly #before = new GrowingWords()
  readonly #now = new GrowingWords()
  readonly #previous = new GrowingWords()
  #times = 0

  see(row: number, requests: Requests): void {
    this.#ask.of(requests)
    for (const member of requests.members) {
      hashMember(member, this.#hash, this.#ask.hash)
      const known = this.#table.getOrSet(this.#hash, row)
      if (known === 0) continue
      const time = this.#times++
      const previous = known < AGAIN ? NEVER : known - AGAIN
      this.#before.set(time, previous === NEVER ? known : this.#now.at(previous))
      this.#now.set(time, row)
      this.#previous.set(time, previous)
      this.#table.set(this.#hash, AGAIN + time)
    }
  }

  /**
   * For each row that is not to be sent, by its number, the later row that is sent for it; 0 for all others. `rows`: the
   * highest number.
   *
   * It goes backwards, so that when a row is looked at, all later ones are settled: a row goes only where a later one
   * with one of its identifiers stays. A row that goes itself takes none with it.
   */
  settle(rows: number): Uint32Array {
    const stays = new Uint32Array(rows + 1)
    /** For each time: the row that stays for its identifier, further on. */
    const beyond = new Uint32Array(this.#times)
    for (let time = this.#times - 1; time >= 0; time--) {
      const now = this.#now.at(time)
      const staying = stays[now] === 0 ? now : (beyond[time] ?? 0)
      if (staying === 0) continue
      const before = this.#before.at(time)
      if (stays[before] === 0) stays[before] = staying
      const previous = this.#previous.at(time)
      if (previous !== NEVER) beyond[previous] = staying
    }
    return stays
  }
}

/** In the table, a row's number, or from here on the number of a time. Both have room for two thousand million. */
const AGAIN = 2 ** 31
const NEVER = 2 ** 32 - 1
