import type { Account } from './account.ts'
import type { Fields } from './fields.ts'
import { keyOf, normalise } from './identifiers.ts'
import type { Member } from './member.ts'
import { wallTime } from './v1/wall-time.ts'

/** A customer of the account. */
export interface CustomerRecord {
  readonly id: number
  /** `type:value`, normalised. */
  readonly identifiers: readonly string[]
  readonly sources: readonly string[]
  /** Awarded by registrations, over all programs. */
  readonly points: number
  /** Names of the partner programs. */
  readonly links: readonly string[]
}

/** What is stored of a customer. */
export interface ProfileRecord {
  readonly id: number
  readonly identifiers: readonly string[]
  readonly fields: Fields
  /** By the cluster's wall clock. */
  readonly registeredOn: string
  /** How often each way of changing a member changed this one. */
  readonly updates: { readonly v1: number; readonly v2: number }
  /** Tiers by partner program, where one is known. */
  readonly tiers: Readonly<Record<string, { readonly tier?: string; readonly expiry?: string }>>
}

/** What arrived for a member, customer or not, and what was answered. */
export interface MemberRecord {
  /** `type:value` of the primary identifier. */
  readonly key: string
  /** Absent: not a customer. */
  readonly id?: number
  readonly created: number
  readonly arrivals: { readonly register: number; readonly link: number; readonly lookup: number }
  /** Replies of success that left whole. */
  readonly answers: { readonly register: number; readonly link: number }
  /** Replies of a final refusal that left whole. */
  readonly refusals: { readonly register: number; readonly link: number }
  /** How often each partner program was linked. */
  readonly links: Readonly<Record<string, number>>
}

/** What tests and operators may read of the account, and do to it behind the API's back. */
export class Books {
  readonly #account: Account

  constructor(account: Account) {
    this.#account = account
  }

  *customers(): Generator<CustomerRecord> {
    for (const member of this.#account.customers()) yield customerRecord(member)
  }

  *members(): Generator<MemberRecord> {
    for (const member of this.#account.members()) yield memberRecord(member)
  }

  *profiles(): Generator<ProfileRecord> {
    for (const member of this.#account.customers()) yield profileRecord(member)
  }

  /** By any identifier of a customer, or the primary one of a member who is none. */
  member(type: string, value: string): MemberRecord | undefined {
    const member = this.#account.lookUp(normalise(type, value))
    return member === undefined ? undefined : memberRecord(member)
  }

  profile(type: string, value: string): ProfileRecord | undefined {
    const customer = this.#customer(type, value)
    return customer === undefined ? undefined : profileRecord(customer)
  }

  /** Adds points to a customer's balance, or takes them away below zero. False where there is no such customer. */
  addPoints(type: string, value: string, points: number): boolean {
    const customer = this.#customer(type, value)
    if (customer !== undefined) this.#account.addPoints(customer, points)
    return customer !== undefined
  }

  /** Deletes a customer. False where there is none. */
  forget(type: string, value: string): boolean {
    const customer = this.#customer(type, value)
    if (customer !== undefined) this.#account.forget(customer)
    return customer !== undefined
  }

  /** One account takes in another, by ids. False where one of them is none. */
  takeIn(survivor: string, victim: string): boolean {
    const [first, second] = [this.#customer('id', survivor), this.#customer('id', victim)]
    if (first === undefined || second === undefined || first === second) return false
    this.#account.takeIn(first, second)
    return true
  }

  #customer(type: string, value: string): Member | undefined {
    return this.#account.customerWith(normalise(type, value))
  }
}

function customerRecord(member: Member): CustomerRecord {
  return {
    id: member.id,
    identifiers: member.identifiers.map(keyOf),
    sources: member.sources.split(','),
    points: member.points.reduce((sum, [, awarded]) => sum + awarded, 0),
    links: member.links.map(({ program }) => program),
  }
}

function memberRecord(member: Member): MemberRecord {
  return {
    key: member.key,
    id: member.id === 0 ? undefined : member.id,
    created: member.created,
    arrivals: { register: member.registerArrivals, link: member.linkArrivals, lookup: member.lookupArrivals },
    answers: { register: member.registerAnswers, link: member.linkAnswers },
    refusals: { register: member.registerRefusals, link: member.linkRefusals },
    links: Object.fromEntries(member.links.map(({ program, made }) => [program, made])),
  }
}

function profileRecord(member: Member): ProfileRecord {
  return {
    id: member.id,
    identifiers: member.identifiers.map(keyOf),
    fields: member.fields ?? {},
    registeredOn: wallTime(member.registeredAt),
    updates: { v1: member.v1?.updates ?? 0, v2: member.updates ?? 0 },
    tiers: Object.fromEntries(
      member.links.map(({ program, tier, tierExpiry }) => [program, { tier, expiry: tierExpiry }]),
    ),
  }
}
