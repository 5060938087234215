import type { Fields } from './fields.ts'
import type { Identifier } from './identifiers.ts'

/** One partner program of a member. */
export interface MemberLink {
  readonly program: string
  made: number
  /** Whether a reply that told of it left the simulator whole. */
  told: boolean
  tier?: string
  tierExpiry?: string
}

/** What arrived for a member on the V1 registration, and what was answered. */
export interface V1Record {
  arrivals: number
  /** Items of success that left the simulator as they should be. */
  answers: number
  updates: number
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
  /** Names, custom and extended fields, as they were sent last. */
  fields: Fields | undefined
  /** By the clock on the wall of the simulated cluster, in seconds. */
  registeredAt: number
  /** Set where another account took this one in. */
  survivor?: Member
  v1?: V1Record
  /** How often an update changed the member. */
  updates?: number
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

/** A member of whom nothing is known but an identifier. */
export function blankMember(key: string): Member {
  return {
    key,
    id: 0,
    identifiers: NONE,
    sources: '',
    points: NONE,
    links: NONE,
    fields: undefined,
    registeredAt: 0,
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

// One empty list for all: most members never have more.
const NONE: readonly never[] = []

/** The member's link to that program. */
export function linkOf(member: Member, program: string): MemberLink | undefined {
  return member.links.find((link) => link.program === program)
}

/** The member's identifier of that type. */
export function identifierOf({ identifiers }: Member, type: string): string | undefined {
  return identifiers.find((identifier) => identifier.type === type)?.value
}
