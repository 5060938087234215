import { hash, keyOf, primaryOf } from './identifiers.ts'
import type { Identifier } from './identifiers.ts'

/** One partner program of a member. */
export interface MemberLink {
  readonly program: string
  made: number
  /** Whether a reply that told of it left the simulator whole. */
  told: boolean
}

/** What the simulator knows of one member, customer or not: kept small, for there may be a million. */
export interface Member {
  /** `type:value` of the member's primary identifier. */
  readonly key: string
  /** 0: not a customer. */
  id: number
  identifiers: readonly Identifier[]
  /** `INSTORE`, or `WECHAT/account`; several, comma-separated, after a merge. */
  sources: string
  points: readonly (readonly [program: number, points: number])[]
  links: readonly MemberLink[]
  /** How often a registration created this customer. */
  created: number
  registerArrivals: number
  linkArrivals: number
  lookupArrivals: number
  /** Replies of success that left the simulator whole. */
  registerAnswers: number
  linkAnswers: number
  /** Replies of a final refusal that left the simulator whole. */
  registerRefusals: number
  linkRefusals: number
}

export interface AccountCounters {
  registrations: number
  /** Members that registrations made a customer more than once: possible with `allowDoubles` alone. */
  doubleRegistrations: number
  merged: number
  /** Registrations answered with 8006. */
  exists: number
  linksMade: number
  /** Links that were made more than once: possible with `allowDoubles` alone. */
  linksMadeTwice: number
  /** Links answered with 2005, already linked. */
  alreadyLinked: number
  /** Customers that no program was linked for because nobody has registered them. */
  unknownCustomers: number
  /** Answers of 521 because the same member had another request under way. */
  busy: number
  /** Arrivals for a member (link: for a program of a member) whose success had been told before. */
  repeats: { register: number; link: number }
  /** Registrations that arrived for a member whose final refusal had been told before. */
  repeatsAfterRefusal: number
}

/** The loyalty account behind the API: who exists, with which links, and how often each member was asked about. */
export class Account {
  readonly #stateless: boolean
  readonly #knowsEveryone: boolean
  readonly #allowDoubles: boolean
  readonly #members = new Map<string, Member>()
  readonly #customers = new Map<string, Member>()
  readonly #byId = new Map<number, Member>()
  readonly #programs = new Map<string, string>()
  readonly #named = new Map<string, number>()
  #nextId: number
  #count = 0
  readonly counters: AccountCounters = {
    registrations: 0,
    doubleRegistrations: 0,
    merged: 0,
    exists: 0,
    linksMade: 0,
    linksMadeTwice: 0,
    alreadyLinked: 0,
    unknownCustomers: 0,
    busy: 0,
    repeats: { register: 0, link: 0 },
    repeatsAfterRefusal: 0,
  }

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

  /** False where the link is there already. */
  link(customer: Member, program: string): boolean {
    if (!this.#stateless) {
      const link = linkOf(customer, program)
      if (link !== undefined && !this.#allowDoubles) {
        this.counters.alreadyLinked += 1
        return false
      }
      if (link === undefined)
        customer.links = [...customer.links, { program: this.#interned(program), made: 1, told: false }]
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
    for (const member of this.#members.values()) if (member.id !== 0) yield member
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

/** The member's link to that program. */
export function linkOf(member: Member, program: string): MemberLink | undefined {
  return member.links.find((link) => link.program === program)
}

// One empty list for all: most members never have more.
const NONE: readonly never[] = []

function blankMember(key: string): Member {
  return {
    key,
    id: 0,
    identifiers: [],
    sources: '',
    points: NONE,
    links: NONE,
    created: 0,
    registerArrivals: 0,
    linkArrivals: 0,
    lookupArrivals: 0,
    registerAnswers: 0,
    linkAnswers: 0,
    registerRefusals: 0,
    linkRefusals: 0,
  }
}
