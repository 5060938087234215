import { lanes } from '../lanes/lanes.ts'
import type { Json, LaneName } from '../model.ts'
import type { Rendered } from '../plan/compile-plan.ts'
import type { Identifier } from '../plan/identifiers.ts'
import { type Hash, addHash, copyHash, hashText, newHash } from './hash-text.ts'
import { hashName } from './row-names.ts'

export type Requests = Extract<Rendered, { kind: 'requests' }>

/** Hashes an identifier into `hash`. */
export function hashMember({ type, value }: Identifier, hash: Hash): void {
  copyHash(seedOf(type), hash)
  hashText(value, hash)
}

/** What the hashes of identifiers of a type begin with. */
function seedOf(type: string): Hash {
  let seed = seeds.get(type)
  if (seed === undefined) {
    seed = newHash()
    addWord(type, seed)
    // A plan may take types from the file.
    if (seeds.size < WORDS_KEPT) seeds.set(type, seed)
  }
  return seed
}

/** What stands for the name that a row has for its member (`hashName`). */
export function nameOf({ requests }: Requests): number {
  for (const name in requests) {
    const request = requests[name]
    const names = request === undefined ? undefined : creating.get(name)?.(request)
    if (names !== undefined && names.length > 0) return hashName(names)
  }
  return 0
}

/** What rows ask of some lanes. */
export interface AskedLanes {
  readonly lanes: readonly LaneName[]
  /** Of the row at hand; undefined where it asks nothing of them. */
  hash: Hash | undefined
}

/**
 * Hashes of what a row asks for its member: equal for rows of one member of which one would repeat the other. What makes
 * a difference to the API, each lane says itself (`Lane.askOf`).
 */
export class AskHash {
  /** Of all lanes. */
  readonly hash = newHash()
  readonly #lanes = new Map(
    lanes.map(({ name, askOf }) => [
      name,
      { name, word: hashOf(name), askOf, hash: newHash(), last: undefined as Json | undefined },
    ]),
  )
  readonly #parts: readonly { readonly asked: AskedLanes; readonly hash: Hash }[]

  /** `parts`: lanes whose asks are hashed by themselves as well. */
  constructor(parts: readonly AskedLanes[] = []) {
    this.#parts = parts.map((asked) => ({ asked, hash: newHash() }))
  }

  /** Leaves the hashes in `hash`, and in the parts. */
  of({ requests }: Requests): void {
    copyHash(NOTHING, this.hash)
    for (const { asked, hash } of this.#parts) {
      copyHash(NOTHING, hash)
      asked.hash = undefined
    }
    // There are many lanes, and a row asks for one or two: in their order, as `Requests` says.
    for (const name in requests) {
      const lane = this.#lanes.get(name)
      const request = requests[name]
      if (lane === undefined || request === undefined) continue
      const ask = lane.askOf(request)
      // Mostly it is the same for all rows.
      if (ask !== lane.last) {
        lane.last = ask
        copyHash(NOTHING, lane.hash)
        hashValue(ask, lane.hash)
      }
      addAsk(lane, this.hash)
      for (const { asked, hash } of this.#parts) {
        if (!asked.lanes.includes(lane.name)) continue
        addAsk(lane, hash)
        asked.hash = hash
      }
    }
  }
}

function addAsk({ word, hash: own }: { readonly word: Hash; readonly hash: Hash }, hash: Hash): void {
  addHash(word, hash)
  addHash(own, hash)
}

/** Hashes a member, by the number of its first row, together with what is asked for it. */
export function hashAsk(member: number, ask: Hash, what: string, hash: Hash): void {
  copyHash(ask, hash)
  addWord(what, hash)
  hashText(String(member), hash)
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
    own = hashOf(word)
    // Records that are sent whole may each have names of their own.
    if (words.size < WORDS_KEPT) words.set(word, own)
  }
  addHash(own, hash)
}

function hashOf(text: string): Hash {
  const hash = newHash()
  hashText(text, hash)
  return hash
}

const creating = new Map(lanes.map(({ name, namesOf }) => [name, namesOf]))

const WORDS_KEPT = 1_000
const words = new Map<string, Hash>()
const seeds = new Map<string, Hash>()

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
