/** Where `hashText` leaves its result: four words of 32 bits. */
export type Hash = Uint32Array

/** A place for a hash; all zeros, which is also how a chain of hashes begins. */
export function newHash(): Hash {
  return new Uint32Array(4)
}

/**
 * MurmurHash3 (x86, 128 bits) of a text as UTF-16LE, into `hash`. What stood there is the seed, so that calls chain: the
 * hash of the second text depends on the first. It builds no strings and no bytes, and so takes the time of reading
 * the text. Not for secrets: it holds against chance, not against somebody who looks for two texts of one hash.
 */
export function hashText(text: string, hash: Hash): void {
  let h1 = hash[0] ?? 0
  let h2 = hash[1] ?? 0
  let h3 = hash[2] ?? 0
  let h4 = hash[3] ?? 0
  const { length } = text
  let at = 0
  for (; at + 8 <= length; at += 8) {
    h1 ^= scramble(pair(text, at), C1, 15, C2)
    h1 = (Math.imul(rotate(h1, 19) + h2, 5) + 0x561ccd1b) | 0
    h2 ^= scramble(pair(text, at + 2), C2, 16, C3)
    h2 = (Math.imul(rotate(h2, 17) + h3, 5) + 0x0bcaa747) | 0
    h3 ^= scramble(pair(text, at + 4), C3, 17, C4)
    h3 = (Math.imul(rotate(h3, 15) + h4, 5) + 0x96cd1c35) | 0
    h4 ^= scramble(pair(text, at + 6), C4, 18, C1)
    h4 = (Math.imul(rotate(h4, 13) + h1, 5) + 0x32ac3b17) | 0
  }
  // What is missing of the last block counts as zero, and zero changes nothing.
  if (at < length) h1 ^= scramble(lastPair(text, at), C1, 15, C2)
  if (at + 2 < length) h2 ^= scramble(lastPair(text, at + 2), C2, 16, C3)
  if (at + 4 < length) h3 ^= scramble(lastPair(text, at + 4), C3, 17, C4)
  if (at + 6 < length) h4 ^= scramble(lastPair(text, at + 6), C4, 18, C1)

  const bytes = length * 2
  h1 ^= bytes
  h2 ^= bytes
  h3 ^= bytes
  h4 ^= bytes
  h1 = (h1 + h2 + h3 + h4) | 0
  h2 = finish(h2 + h1)
  h3 = finish(h3 + h1)
  h4 = finish(h4 + h1)
  h1 = finish(h1)
  h1 = (h1 + h2 + h3 + h4) | 0
  hash[0] = h1
  hash[1] = h2 + h1
  hash[2] = h3 + h1
  hash[3] = h4 + h1
}

/** Adds a text whose own hash is known to a chain of hashes: what is added, and in which order, makes a difference. */
export function addHash(own: Hash, hash: Hash): void {
  for (let at = 0; at < 4; at++) {
    hash[at] = Math.imul(rotate((hash[at] as number) ^ (own[at] as number), 15), 5) + 0x561ccd1b
  }
}

export function copyHash(from: Hash, to: Hash): void {
  for (let at = 0; at < 4; at++) to[at] = from[at] as number
}

const C1 = 0x239b961b
const C2 = 0xab0e9789
const C3 = 0x38b34ae5
const C4 = 0xa1e38b93

/** Two UTF-16 units as they lie in memory, the first one lowest. */
function pair(text: string, at: number): number {
  return text.charCodeAt(at) | (text.charCodeAt(at + 1) << 16)
}

function lastPair(text: string, at: number): number {
  return at + 1 < text.length ? pair(text, at) : text.charCodeAt(at)
}

function scramble(word: number, first: number, bits: number, second: number): number {
  return Math.imul(rotate(Math.imul(word, first), bits), second)
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits))
}

function finish(word: number): number {
  let mixed = Math.imul(word ^ (word >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
