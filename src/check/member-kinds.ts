import type { Identifier } from '../plan/identifiers.ts'
import { GrowingWords } from './growing-words.ts'

/**
 * Which kinds of identifiers members have, by their first rows: a byte each, and nothing where all have the same. Beyond
 * seven kinds, the others count as none.
 */
export class MemberKinds {
  readonly #bits = new Map<string, number>()
  #common = 0
  /** Four members a word; 0: those that are common. */
  readonly #kinds = new GrowingWords()

  /** The member has these, beside what it has already. */
  add(member: number, identifiers: readonly Identifier[], isNew: boolean): void {
    const before = isNew ? 0 : this.#of(member)
    let kinds = before
    for (let at = 0; at < identifiers.length; at++) kinds |= this.#bit((identifiers[at] as Identifier).type)
    if (this.#common === 0) this.#common = kinds
    if (kinds !== (isNew ? this.#common : before)) this.#set(member, kinds)
  }

  has(member: number, kind: string): boolean {
    return (this.#of(member) & (this.#bits.get(kind) ?? 0)) !== 0
  }

  #of(member: number): number {
    const own = (this.#kinds.at(member >>> 2) >>> shiftOf(member)) & 0xff
    return own === 0 ? this.#common : own & KINDS
  }

  #set(member: number, kinds: number): void {
    const shift = shiftOf(member)
    const others = this.#kinds.at(member >>> 2) & ~(0xff << shift)
    // With a sign of its own, so that a member without any kind is told from one with the common ones.
    this.#kinds.set(member >>> 2, (others | ((kinds | OWN) << shift)) >>> 0)
  }

  #bit(kind: string): number {
    const known = this.#bits.get(kind)
    if (known !== undefined) return known
    const bit = this.#bits.size < MOST_KINDS ? 1 << this.#bits.size : 0
    if (bit !== 0) this.#bits.set(kind, bit)
    return bit
  }
}

const MOST_KINDS = 7
const KINDS = 0x7f
const OWN = 0x80

function shiftOf(member: number): number {
  return (member & 3) * 8
}
