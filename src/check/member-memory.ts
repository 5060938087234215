import type { LaneName } from '../model.ts'
import type { Identifier } from '../plan/identifiers.ts'
import { AskHash, type AskedLanes, type Requests, hashAsk, hashMember, nameOf } from './hash-member.ts'
import { HashTable, type Seen } from './hash-table.ts'
import { type Hash, copyHash, newHash } from './hash-text.ts'
import { type Meeting, MeetingWriter, type MemberJournal, readMeetings } from './member-journal.ts'
import { MemberKinds } from './member-kinds.ts'
import { RowAsks } from './row-asks.ts'
import { RowNames } from './row-names.ts'
import type { Met, MemberMatch, Taken } from './member-match.ts'

export interface MemberMemoryOptions {
  /** Groups of lanes that a row need not ask again where an earlier row of its member did: the largest first. */
  readonly takeable?: readonly (readonly LaneName[])[]
  /** Whether a row that repeats another may be sent, and is remembered. */
  readonly learnsOfRepeats: boolean
  /** Whether a row that contradicts a member is somebody else, and sent as it is. */
  readonly lenient: boolean
  /** Where it writes down what it is asked, having gone through what stands there. */
  readonly journal?: MemberJournal | undefined
}

/**
 * Remembers the members of the rows that are sent. Takes 15 to 18 bytes for each identifier, 2 bytes a row for its
 * name, 8 bytes a row for what it asks unless all ask for the same, and a byte a row unless all have the same kinds of
 * identifiers.
 */
export class MemberMemory {
  readonly #options: MemberMemoryOptions
  /** By identifier, the first row of its member; by member and what is asked, the first such row. */
  readonly #table = new HashTable()
  readonly #kinds = new MemberKinds()
  readonly #asks = new RowAsks()
  readonly #rowNames = new RowNames()
  readonly #parts: readonly (AskedLanes & { readonly asks: RowAsks })[]
  readonly #ask: AskHash
  readonly #askOfMember = newHash()
  /** Of the row at hand: the hashes of its identifiers, and what the table has of each. */
  readonly #hashes: Hash[] = []
  readonly #found: number[] = []
  readonly #seen: Seen[] = []
  readonly #writer: MeetingWriter | undefined

  constructor(options: MemberMemoryOptions) {
    this.#options = options
    this.#parts = (options.takeable ?? []).map((lanes) => ({ lanes, hash: undefined, asks: new RowAsks() }))
    this.#ask = new AskHash(this.#parts)
    const { journal } = options
    if (journal === undefined) return
    const read = readMeetings(journal.earlier, this.#parts.length, (meeting) => {
      this.#take(meeting)
      this.#judge(meeting)
    })
    this.#writer = new MeetingWriter(journal, read)
  }

  /** Whether both of two rows that were met have a name for their member, and not the same. */
  haveOtherNames(row: number, other: number): boolean {
    return this.#rowNames.areOther(row, other)
  }

  /** What the row is to those before. Where it is sent, it is remembered. To be asked of every row, in order. */
  meet(row: number, requests: Requests): MemberMatch {
    const names = requests.joins ?? requests.members
    this.#ask.of(requests)
    for (let at = 0; at < names.length; at++) hashMember(names[at] as Identifier, (this.#hashes[at] ??= newHash()))
    const name = nameOf(requests)
    this.#writer?.write({ row, name, names, hashes: this.#hashes, ask: this.#ask.hash, parts: this.#parts })
    return this.#judge({ row, name, names })
  }

  /**
   * Remembers a row of which somebody else made the hashes, where nobody before it has one of its identifiers. False: the row
   * is known, nothing has happened, and its turn is now to be met itself.
   */
  begin(meeting: Meeting): boolean {
    const { row, name, names } = meeting
    this.#take(meeting)
    if (this.#find(names) !== 0) return false
    this.#rowNames.keep(row, name)
    this.#begin(row, names)
    return true
  }

  /** Has its hashes be those of the row at hand. */
  #take({ names, hashes, ask, parts }: Meeting): void {
    copyHash(ask, this.#ask.hash)
    for (const [at, part] of this.#parts.entries()) part.hash = parts[at]?.hash
    for (let at = 0; at < names.length; at++) copyHash(hashes[at] as Hash, (this.#hashes[at] ??= newHash()))
  }

  /** By the hashes of the row at hand. */
  #judge({ row, name, names }: Pick<Meeting, 'row' | 'name' | 'names'>): MemberMatch {
    this.#rowNames.keep(row, name)
    return this.#find(names) === 0 ? this.#begin(row, names) : this.#compare(row, names)
  }

  /** Looks its identifiers up; 0: none of them is known. */
  #find(names: readonly Identifier[]): number {
    let known = 0
    for (let at = 0; at < names.length; at++) {
      const found = this.#table.get(this.#hashes[at] as Hash, (this.#seen[at] ??= { slot: 0, slots: 0 }))
      this.#found[at] = found
      known |= found
    }
    return known
  }

  #begin(row: number, names: readonly Identifier[]): MemberMatch {
    if (names.length === 0) return NEW
    this.#learn(row, names, row)
    this.#asks.keep(row, this.#ask.hash)
    for (const { hash, asks } of this.#parts) asks.keep(row, hash ?? ASKS_NOTHING)
    return NEW
  }

  #compare(row: number, names: readonly Identifier[]): MemberMatch {
    const found = this.#found.slice(0, names.length)
    const members = new Set(found.filter((one) => one !== 0).map(memberOf))
    const alone = names.filter((_, at) => isShared(found[at] ?? 0) && !isSupported(found, at))
    const [lonely] = alone
    if (lonely !== undefined) {
      return { kind: 'shared', row: memberOf(found[names.indexOf(lonely)] ?? 0), identifiers: alone }
    }
    for (const member of members) {
      const but = this.#otherKinds(member, names, found)
      if (but.length === 0) continue
      if (this.#options.lenient) return this.#begin(row, names)
      const agreeing = names.filter((_, at) => memberOf(found[at] ?? 0) === member)
      this.#noteShared(agreeing, names, found)
      return { kind: 'contradicts', row: member, by: [...new Set(agreeing.map(({ type }) => type))], but }
    }
    const first = found.findIndex((one) => one !== 0)
    return this.#matchOf(row, names, { members: [...members], by: names[first]?.type ?? '', entry: found[first] ?? 0 })
  }

  /** The row is of a member who was there; where it says so, of several who may be one. */
  #matchOf(row: number, names: readonly Identifier[], { members, by, entry }: Known): Met {
    const [member = 0] = members
    const asked = { hash: this.#ask.hash, asks: this.#asks, what: ALL }
    const firsts = members.map((each) => this.#firstToAsk(each, asked)).filter((each) => each !== 0)
    const [first, ...more] = new Set(firsts)
    const isSent = first === undefined || this.#options.learnsOfRepeats
    if (isSent) {
      this.#learn(member, names, row)
      for (const each of members) this.#noteAsk(each, asked, row)
    }
    const taken = isSent ? this.#taken(member, row) : undefined
    const isNamedOtherwise = this.haveOtherNames(row, first ?? member)
    const beside = { ...(isNamedOtherwise && { otherName: true }), ...(taken !== undefined && { taken }) }
    if (first === undefined) return { kind: 'other', row: member, by, ...beside }
    const isDirect = first === member && !isBrought(entry)
    return { kind: 'same', member, rows: [first, ...more], ...(isDirect && { by }), ...beside }
  }

  /** Of lanes that an earlier row asked the same: the largest group. */
  #taken(member: number, row: number): Taken | undefined {
    let taken: Taken | undefined
    for (const { lanes, hash, asks } of this.#parts) {
      if (hash === undefined) continue
      const asked = { hash, asks, what: lanes.join(' ') }
      const first = this.#firstToAsk(member, asked)
      if (first === 0) this.#noteAsk(member, asked, row)
      else taken ??= { lanes, row: first }
    }
    return taken
  }

  /** The first row that asked this for the member; 0 where none did. */
  #firstToAsk(member: number, { hash, asks, what }: Asked): number {
    if (asks.isSame(member, hash)) return member
    hashAsk(member, hash, what, this.#askOfMember)
    return this.#table.get(this.#askOfMember)
  }

  #noteAsk(member: number, { hash, asks, what }: Asked, row: number): void {
    if (asks.isSame(member, hash)) return
    hashAsk(member, hash, what, this.#askOfMember)
    this.#table.getOrSet(this.#askOfMember, row)
  }

  #learn(member: number, names: readonly Identifier[], row: number): void {
    const entry = member === row ? row : member + BROUGHT
    for (let at = 0; at < names.length; at++) {
      if (this.#found[at] === 0) this.#table.set(this.#hashes[at] as Hash, entry, this.#seen[at])
    }
    this.#kinds.add(member, names, member === row)
  }

  /** The kinds of identifiers that both have, and in which they do not agree. */
  #otherKinds(member: number, names: readonly Identifier[], found: readonly number[]): string[] {
    const others = new Set<string>()
    for (const { type } of names) {
      const agrees = names.some((one, at) => one.type === type && memberOf(found[at] ?? 0) === member)
      if (!agrees && this.#kinds.has(member, type)) others.add(type)
    }
    return [...others]
  }

  /** One identifier alone agrees, and all others differ: whom it is of can be told by it no more. */
  #noteShared(agreeing: readonly Identifier[], names: readonly Identifier[], found: readonly number[]): void {
    const [only, ...more] = agreeing
    if (only === undefined || more.length > 0) return
    const at = names.indexOf(only)
    this.#table.set(this.#hashes[at] as Hash, ((found[at] ?? 0) | SHARED) >>> 0)
  }
}

interface Known {
  readonly members: readonly number[]
  readonly by: string
  /** What the table has of the identifier that they are known by. */
  readonly entry: number
}

interface Asked {
  readonly hash: Hash
  readonly asks: RowAsks
  readonly what: string
}

const NEW: Met = { kind: 'new' }
const ALL = 'all'
const ASKS_NOTHING = newHash()
/** In the table, beside a row's number: several members have the identifier; a later row of the member brought it. */
const SHARED = 2 ** 31
const BROUGHT = 2 ** 30

function memberOf(entry: number): number {
  return entry & (BROUGHT - 1)
}

function isShared(entry: number): boolean {
  return entry >= SHARED
}

function isBrought(entry: number): boolean {
  return (entry & BROUGHT) !== 0
}

/** Whether another identifier, which is nobody else's, is of the same member. */
function isSupported(found: readonly number[], at: number): boolean {
  const member = memberOf(found[at] ?? 0)
  return found.some((one, other) => other !== at && one !== 0 && !isShared(one) && memberOf(one) === member)
}
