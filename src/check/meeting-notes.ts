import type { LaneName } from '../model.ts'
import type { Identifier } from '../plan/identifiers.ts'
import { AskHash, type AskedLanes, type Requests, hashMember, nameOf } from './hash-member.ts'
import { type Hash, newHash } from './hash-text.ts'
import { MeetingWriter } from './member-journal.ts'

/** Notes what a memory of members is to be asked of rows, in the words of its journal, where the memory is elsewhere. */
export class MeetingNotes {
  readonly #parts: readonly AskedLanes[]
  readonly #ask: AskHash
  readonly #hashes: Hash[] = []
  #words = new Uint32Array(WORDS)
  #length = 0
  #writer: MeetingWriter

  /** `parts`: the groups of lanes that the memory was made with. */
  constructor(parts: readonly (readonly LaneName[])[]) {
    this.#parts = parts.map((lanes) => ({ lanes, hash: undefined }))
    this.#ask = new AskHash(this.#parts)
    this.#writer = this.#begin()
  }

  note(row: number, requests: Requests): void {
    const names = requests.joins ?? requests.members
    this.#ask.of(requests)
    for (let at = 0; at < names.length; at++) hashMember(names[at] as Identifier, (this.#hashes[at] ??= newHash()))
    this.#writer.write({
      row,
      name: nameOf(requests),
      names,
      hashes: this.#hashes,
      ask: this.#ask.hash,
      parts: this.#parts,
    })
  }

  /** What was noted since it was taken last: to be read by itself. */
  take(): Uint32Array<ArrayBuffer> {
    const words = this.#words.slice(0, this.#length)
    this.#length = 0
    this.#writer = this.#begin()
    return words
  }

  #begin(): MeetingWriter {
    return new MeetingWriter({ earlier: [], write: (words) => this.#add(words) }, { kinds: [], last: [] })
  }

  #add(words: Uint32Array): void {
    if (this.#length + words.length > this.#words.length) {
      const larger = new Uint32Array((this.#length + words.length) * 2)
      larger.set(this.#words)
      this.#words = larger
    }
    this.#words.set(words, this.#length)
    this.#length += words.length
  }
}

const WORDS = 1 << 14
