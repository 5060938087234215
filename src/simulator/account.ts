import { newCounters } from './counters.ts'
import type { AccountCounters } from './counters.ts'
import { hash, keyOf, primaryOf } from './identifiers.ts'
import type { Identifier } from './identifiers.ts'
import { blankMember, linkOf } from './member.ts'
import type { Member, MemberLink } from './member.ts'

/** The loyalty account behind the API: who exists, with which links, and how often each member was asked about. */
export class Account {
  readonly #stateless: boolean
  readonly #knowsEveryone: boolean
  readonly #allowDoubles: boolean
  readonly #members = new Map<string, Member>()
  readonly #customers = new Map<string, Member>()
  readonly #byId = new Map<number, Member>()
  readonly #takenIn = new Set<string>()
  readonly #programs = new Map<string, string>()
  readonly #named = new Map<string, number>()
  #nextId: number
  #count = 0
  readonly counters: AccountCounters = newCounters()

  constructor(options: { stateless: boolean; knowsEveryone: boolean; allowDoubles: boolean; firstId: number }) {
    this.#stateless = options.stateless
    this.#knowsEveryone = options.knowsEveryone
    this.#allowDoubles = options.allowDoubles
    this.#nextId = options.firstId
  }

  /** Whether anything about members is kept. */
  get remembers(): boolean {
    return !this.#stateless
  }

  get customerCount(): number {
    return this.#count
  }

  /** The record of whoever these identifiers stand for, made where there is none. */
  memberOf(identifiers: readonly Identifier[]): Member | undefined {
    const primary = primaryOf(identifiers)
    if (primary === undefined) return undefined
    const key = keyOf(primary)
    if (this.#stateless) return blankMember(key)
    const known = this.#members.get(key)
    if (known !== undefined) return known
    const member = blankMember(key)
    this.#members.set(key, member)
    return member
  }

  /** A record that nobody has yet, for a member whose first identifier may have been another's before. */
  newMember(identifiers: readonly Identifier[]): Member | undefined {
    const member = this.memberOf(identifiers)
    if (member === undefined || member.id === 0 || this.#allowDoubles) return member
    const another = blankMember(`${member.key}#${this.#nextId}`)
    this.#members.set(another.key, another)
    return another
  }

  /** The customer that keeps a registration with this identifier from creating another one. */
  holderOf(identifier: Identifier): Member | undefined {
    // One card number stands in several of the API's own samples: it tells nobody apart.
    return this.#allowDoubles || identifier.type === 'cardnumber' ? undefined : this.customerWith(identifier)
  }

  /** The customer that has this identifier, whatever its source. */
  customerWith(identifier: Identifier): Member | undefined {
    if (this.#stateless) return undefined
    return identifier.type === 'id' ? this.#byId.get(Number(identifier.value)) : this.#customers.get(keyOf(identifier))
  }

  /** The customer that links and look-ups find for any of the identifiers. */
  find(identifiers: readonly Identifier[]): Member | undefined {
    for (const identifier of identifiers) {
      const customer = this.customerWith(identifier)
      if (customer !== undefined) return customer
    }
    if (!this.#stateless && !this.#knowsEveryone) return undefined
    if (identifiers.some(({ type, value }) => type === 'externalId' && value.startsWith('NOBODY-'))) return undefined
    const member = this.memberOf(identifiers)
    if (member !== undefined) this.#enrol(member, identifiers, 'INSTORE')
    return member
  }

  /** By any identifier of a customer, or by the primary one of a member that is none. */
  lookUp(identifier: Identifier): Member | undefined {
    return this.customerWith(identifier) ?? this.#members.get(keyOf(identifier))
  }

  /** Makes the member a customer. */
  register(member: Member, identifiers: readonly Identifier[], source: string): void {
    this.counters.registrations += 1
    member.created += 1
    if (member.created === 2) this.counters.doubleRegistrations += 1
    this.#enrol(member, identifiers, source)
  }

  /** Adds a source and its identifiers to a customer that another source has. */
  merge(customer: Member, identifiers: readonly Identifier[], source: string): void {
    this.counters.merged += 1
    customer.sources += `,${source}`
    const added = identifiers.filter((identifier) => this.customerWith(identifier) === undefined)
    customer.identifiers = [...customer.identifiers, ...added]
    for (const identifier of added) this.#customers.set(keyOf(identifier), customer)
  }

  /** Gives a customer an identifier, in the place of one of its type. */
  identify(customer: Member, identifier: Identifier): void {
    const before = customer.identifiers.find(({ type }) => type === identifier.type)
    if (before !== undefined) this.#customers.delete(keyOf(before))
    customer.identifiers = [...customer.identifiers.filter((own) => own !== before), identifier]
    this.#customers.set(keyOf(identifier), customer)
  }

  /** One account takes in another: whoever asks for that one finds the first. */
  takeIn(survivor: Member, victim: Member): void {
    this.counters.takenIn += 1
    this.#count -= 1
    victim.survivor = survivor
    for (const identifier of victim.identifiers) {
      if (this.#customers.get(keyOf(identifier)) === victim) this.#customers.set(keyOf(identifier), survivor)
      this.#takenIn.add(keyOf(identifier))
    }
    this.#takenIn.add(`id:${victim.id}`)
    this.#byId.set(victim.id, survivor)
  }

  /** Whether the identifier was that of an account that another one took in. */
  isTakenIn(identifier: Identifier): boolean {
    return this.#takenIn.has(keyOf(identifier))
  }

  /** False where there is no such link. */
  unlink(customer: Member, program: string): boolean {
    const link = linkOf(customer, program)
    if (link === undefined && !this.#stateless) return false
    customer.links = customer.links.filter((own) => own !== link)
    this.counters.unlinked += 1
    return true
  }

  /** False where the link is there already. */
  link(customer: Member, program: string, terms: Pick<MemberLink, 'tier' | 'tierExpiry'> = {}): boolean {
    if (!this.#stateless) {
      const link = linkOf(customer, program)
      if (link !== undefined && !this.#allowDoubles) {
        this.counters.alreadyLinked += 1
        return false
      }
      if (link === undefined)
        customer.links = [...customer.links, { program: this.#interned(program), made: 1, told: false, ...terms }]
      else {
        link.made += 1
        if (link.made === 2) this.counters.linksMadeTwice += 1
      }
    }
    this.counters.linksMade += 1
    return true
  }

  /** True for the first `times` calls about the key. */
  spend(key: string, times: number): boolean {
    const spent = this.#named.get(key) ?? 0
    if (spent >= times) return false
    this.#named.set(key, spent + 1)
    return true
  }

  /** Adds points to a customer, in the program that gave it the first ones: fewer than none takes some away. */
  addPoints(customer: Member, points: number): void {
    const program = customer.points[0]?.[0] ?? 0
    customer.points = [...customer.points, [program, points]]
  }

  /** Deletes a customer: nobody finds it any more, and a registration makes another one. */
  forget(customer: Member): void {
    for (const [key, holder] of this.#customers) if (holder === customer) this.#customers.delete(key)
    this.#byId.delete(customer.id)
    this.#members.delete(customer.key)
    this.#count -= 1
  }

  *customers(): Generator<Member> {
    // A merged customer stands under several keys, and under its primary one alone among the members.
    for (const member of this.#members.values()) {
      if (member.id !== 0 && member.survivor === undefined) yield member
    }
  }

  members(): Iterable<Member> {
    return this.#members.values()
  }

  // Each request brings its own copy of the name: a million members need one.
  #interned(program: string): string {
    const known = this.#programs.get(program)
    if (known !== undefined) return known
    this.#programs.set(program, program)
    return program
  }

  #enrol(member: Member, identifiers: readonly Identifier[], source: string): void {
    if (this.#stateless) {
      // The same member has the same id every time, without being remembered.
      member.id = 100_000_000 + hash(member.key)
      member.identifiers = identifiers
      return
    }
    member.id = this.#nextId
    member.survivor = undefined
    member.sources = source
    member.identifiers = identifiers
    this.#nextId += 1
    this.#count += 1
    for (const identifier of identifiers) {
      const key = keyOf(identifier)
      if (!this.#customers.has(key)) this.#customers.set(key, member)
    }
    this.#byId.set(member.id, member)
  }
}
