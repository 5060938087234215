import type { Identifier } from '../plan/identifiers.ts'
import type { AskedLanes } from './hash-member.ts'
import { type Hash, copyHash, newHash } from './hash-text.ts'

/**
 * Where what a memory of members is told is written down, in words of 32 bits, so that the memory of a later session comes
 * to where this one's stood without the rows being rendered again.
 */
export interface MemberJournal {
  /** What earlier sessions wrote down, in order, cut anywhere between two words. */
  readonly earlier: Iterable<Uint32Array>
  /** To be taken at once: the words are written over by the next. */
  write(words: Uint32Array): void
}

/** What a memory is asked of one row: as hashes, since nothing else of the row decides. */
export interface Meeting {
  readonly row: number
  /** What stands for the member's name (`hashName`). */
  readonly name: number
  /** Of each identifier, the kind alone counts. */
  readonly names: readonly Identifier[]
  /** One for each name; there may be more. */
  readonly hashes: readonly Hash[]
  readonly ask: Hash
  readonly parts: readonly AskedLanes[]
}

/**
 * Writes meetings down: 8 bytes for a row, 4 for its name, 12 for each of its identifiers, and 16 where it asks for something
 * else than the one before.
 */
export class MeetingWriter {
  readonly #journal: MemberJournal
  readonly #kinds = new Map<string, number>()
  #words = new Uint32Array(64)
  #length = 0
  readonly #last: Hash[] = []

  /** `kinds`: those that the journal knows already; `last`: the asks of its last meeting. */
  constructor(journal: MemberJournal, { kinds, last }: { kinds: readonly string[]; last: readonly Hash[] }) {
    this.#journal = journal
    for (const kind of kinds) this.#kinds.set(kind, this.#kinds.size)
    for (const hash of last) this.#last.push(copied(hash))
  }

  write({ row, name, names, hashes, ask, parts }: Meeting): void {
    for (const { type } of names) if (!this.#kinds.has(type)) this.#introduce(type)
    this.#length = 0
    this.#put(row)
    const head = this.#length
    this.#put(0)
    if (name !== 0) this.#put(name)
    let flags = this.#putAsk(0, ask)
    for (const [at, { hash }] of parts.entries()) {
      flags |= (hash === undefined ? ABSENT : this.#putAsk(at + 1, hash)) << ((at + 1) * FLAG_BITS)
    }
    for (let at = 0; at < names.length; at++) {
      const [first = 0, second = 0, third = 0] = hashes[at] ?? []
      this.#put(this.#kinds.get(names[at]?.type ?? '') ?? 0)
      this.#put(first)
      this.#put(second)
      this.#put(third)
    }
    this.#words[head] = names.length | (flags << NAME_BITS) | (name === 0 ? 0 : HAS_NAME)
    this.#journal.write(this.#words.subarray(0, this.#length))
  }

  /** A kind of identifier that comes for the first time is written out: row 0 is none. */
  #introduce(kind: string): void {
    this.#kinds.set(kind, this.#kinds.size)
    this.#length = 0
    this.#put(0)
    this.#put(kind.length)
    for (let at = 0; at < kind.length; at++) this.#put(kind.charCodeAt(at))
    this.#journal.write(this.#words.subarray(0, this.#length))
  }

  #putAsk(at: number, hash: Hash): number {
    const last = (this.#last[at] ??= newHash())
    if (hash.every((word, index) => word === last[index])) return SAME
    copyHash(hash, last)
    for (const word of hash) this.#put(word)
    return OTHER
  }

  #put(word: number): void {
    if (this.#length === this.#words.length) {
      const larger = new Uint32Array(this.#words.length * 2)
      larger.set(this.#words)
      this.#words = larger
    }
    this.#words[this.#length++] = word
  }
}

/** Where reading a journal ended: what a writer goes on from. */
interface ReadJournal {
  readonly kinds: readonly string[]
  readonly last: readonly Hash[]
}

/** Reads meetings in order, `parts` of them as the memory has; each is good until the next is read. */
export function readMeetings(
  earlier: Iterable<Uint32Array>,
  parts: number,
  onMeeting: (meeting: Meeting) => void,
): ReadJournal {
  const words = wordsOf(earlier)
  const kinds: string[] = []
  const hashes: Hash[] = []
  const last = Array.from({ length: parts + 1 }, newHash)
  const asked = Array.from({ length: parts }, (_, at): AskedLanes => ({ lanes: [], hash: last[at + 1] }))
  const names: Identifier[] = []
  for (let row = words(); row !== undefined; row = words()) {
    const head = words() ?? 0
    if (row === 0) {
      kinds.push(Array.from({ length: head }, () => String.fromCharCode(words() ?? 0)).join(''))
      continue
    }
    const flags = head >>> NAME_BITS
    const name = (head & HAS_NAME) === 0 ? 0 : (words() ?? 0)
    for (let at = 0; at <= parts; at++) {
      const flag = (flags >>> (at * FLAG_BITS)) & FLAG_MASK
      if (flag === OTHER) take(words, last[at] as Hash, HASH_WORDS)
      const part = asked[at - 1]
      if (part !== undefined) part.hash = flag === ABSENT ? undefined : last[at]
    }
    names.length = head & NAME_MASK
    for (let at = 0; at < names.length; at++) {
      // Each an object of its own: they are told apart by that.
      names[at] = { type: kinds[words() ?? 0] ?? '', value: '' }
      take(words, (hashes[at] ??= newHash()), KEY_WORDS)
    }
    onMeeting({ row, name, names, hashes, ask: last[0] as Hash, parts: asked })
  }
  return { kinds, last }
}

/** Gives one word after the other, and undefined behind the last. */
function wordsOf(pieces: Iterable<Uint32Array>): () => number | undefined {
  const rest = pieces[Symbol.iterator]()
  let piece: Uint32Array = new Uint32Array(0)
  let at = 0
  return () => {
    while (at === piece.length) {
      const next = rest.next()
      if (next.done === true) return undefined
      piece = next.value
      at = 0
    }
    return piece[at++]
  }
}

function take(words: () => number | undefined, hash: Hash, count: number): void {
  for (let at = 0; at < count; at++) hash[at] = words() ?? 0
}

function copied(hash: Hash): Hash {
  const copy = newHash()
  copyHash(hash, copy)
  return copy
}

const NAME_BITS = 24
const NAME_MASK = 2 ** NAME_BITS - 1
/** Journals of builds that kept no names have none. */
const HAS_NAME = 2 ** 30
const FLAG_BITS = 2
const FLAG_MASK = 3
/** What a row asks of lanes: the same as the row before it that asked anything of them, something else, or nothing. */
const SAME = 0
const OTHER = 1
const ABSENT = 2
const HASH_WORDS = 4
/** So many words of an identifier's hash are looked at. */
const KEY_WORDS = 3
