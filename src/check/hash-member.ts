import type { Json, RegisterRequest } from '../model.ts'
import type { Rendered } from '../plan/compile-plan.ts'
import type { Identifier } from '../plan/identifiers.ts'
import { type Hash, hashText, newHash } from './hash-text.ts'

export type Requests = Extract<Rendered, { kind: 'requests' }>

/** Hashes an identifier into `hash`, alone or together with what is asked for it. */
export function hashMember({ type, value }: Identifier, hash: Hash, ask?: Hash): void {
  if (ask === undefined) hash.fill(0)
  else hash.set(ask)
  hashText(type, hash)
  hashText(value, hash)
}

/**
 * A hash of what a row asks for its member: equal for rows of one member of which one would repeat the other. What makes
 * a difference to the API:
 * - where the member is registered (source and account of the profiles, the query), as a member of one source who is
 *   registered in another is merged;
 * - whether the row registers, and what it links. A link to another program is another link, and one to the same
 *   program with other dates may be a relink (capillary-facts.md, section 1).
 * The other fields of a registration make none: the API does not update a member who is there (code 8006).
 */
export class AskHash {
  readonly hash = newHash()
  /** The hash of the last registration, and what it was of: mostly it is the same for all rows. */
  readonly #registration = newHash()
  #source: Json | undefined

  /** Leaves the hash in `hash`. */
  of({ register, link }: Requests): void {
    const { hash } = this
    hash.fill(0)
    if (register !== undefined) this.#addRegistration(register)
    if (link !== undefined) {
      hashText('link', hash)
      hashValue(link.linkToPartnerPrograms, hash)
    }
  }

  #addRegistration({ body, query }: RegisterRequest): void {
    const profiles = isObject(body) ? body['profiles'] : undefined
    const list = isList(profiles) ? profiles : []
    const [first] = list
    const source = list.length === 1 && query === undefined && isObject(first) ? first['source'] : undefined
    if (typeof source === 'string' && source === this.#source && isObject(first) && first['accountId'] === undefined) {
      this.hash.set(this.#registration)
      return
    }
    this.#source = undefined
    hashText('register', this.hash)
    for (const profile of list) {
      if (!isObject(profile)) continue
      hashValue(profile['source'] ?? null, this.hash)
      if (profile['accountId'] !== undefined) hashValue(profile['accountId'], this.hash)
      else if (profile === first) this.#source = source
    }
    if (query !== undefined) hashValue(query, this.hash)
    this.#registration.set(this.hash)
  }
}

/** Goes through a value without making a text of it. What is text hashes as itself, and all else behind a sign. */
function hashValue(value: Json, hash: Hash): void {
  if (typeof value === 'string') hashText(value, hash)
  else if (isList(value)) {
    hashText(LIST, hash)
    for (const item of value) hashValue(item, hash)
    hashText(END, hash)
  } else if (isObject(value)) {
    hashText(OBJECT, hash)
    for (const name in value) {
      hashText(name, hash)
      hashValue(value[name] ?? null, hash)
    }
    hashText(END, hash)
  } else hashText(PLAIN + JSON.stringify(value), hash)
}

const LIST = '\u0000['
const OBJECT = '\u0000{'
const END = '\u0000}'
const PLAIN = '\u0000:'

function isObject(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}
