import type { Json, RegisterRequest } from '../model.ts'
import type { Rendered } from '../plan/compile-plan.ts'
import type { Identifier } from '../plan/identifiers.ts'
import { type Hash, addHash, copyHash, hashText, newHash } from './hash-text.ts'

export type Requests = Extract<Rendered, { kind: 'requests' }>

/** Hashes an identifier into `hash`, alone or together with what is asked for it. */
export function hashMember({ type, value }: Identifier, hash: Hash, ask: Hash = NOTHING): void {
  copyHash(ask, hash)
  addWord(type, hash)
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
    copyHash(NOTHING, hash)
    if (register !== undefined) this.#addRegistration(register)
    if (link !== undefined) {
      addWord('link', hash)
      hashValue(link.linkToPartnerPrograms, hash)
    }
  }

  #addRegistration({ body, query }: RegisterRequest): void {
    const profiles = isObject(body) ? body['profiles'] : undefined
    const list = isList(profiles) ? profiles : []
    const [first] = list
    const source = list.length === 1 && query === undefined && isObject(first) ? first['source'] : undefined
    if (typeof source === 'string' && source === this.#source && isObject(first) && first['accountId'] === undefined) {
      copyHash(this.#registration, this.hash)
      return
    }
    this.#source = undefined
    addWord('register', this.hash)
    for (const profile of list) {
      if (!isObject(profile)) continue
      hashValue(profile['source'] ?? null, this.hash)
      if (profile['accountId'] !== undefined) hashValue(profile['accountId'], this.hash)
      else if (profile === first) this.#source = source
    }
    if (query !== undefined) hashValue(query, this.hash)
    copyHash(this.hash, this.#registration)
  }
}

/** Goes through a value without making a text of it. What is text hashes as itself, and all else behind a sign. */
function hashValue(value: Json, hash: Hash): void {
  if (typeof value === 'string') hashText(value, hash)
  else if (isList(value)) {
    addWord(LIST, hash)
    for (const item of value) hashValue(item, hash)
    addWord(END, hash)
  } else if (isObject(value)) {
    addWord(OBJECT, hash)
    for (const name in value) {
      addWord(name, hash)
      hashValue(value[name] ?? null, hash)
    }
    addWord(END, hash)
  } else hashText(PLAIN + JSON.stringify(value), hash)
}

/** Adds a word that comes in nearly every row, such as a field's name: it is hashed once, and its hash is kept. */
function addWord(word: string, hash: Hash): void {
  let own = words.get(word)
  if (own === undefined) {
    own = newHash()
    hashText(word, own)
    // Records that are sent whole may each have names of their own.
    if (words.size < WORDS_KEPT) words.set(word, own)
  }
  addHash(own, hash)
}

const WORDS_KEPT = 1_000
const words = new Map<string, Hash>()

const NOTHING = newHash()
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
