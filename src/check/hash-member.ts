import type { Json, LinkRequest, RegisterRequest } from '../model.ts'
import type { Rendered } from '../plan/compile-plan.ts'
import { type Hash, hashText } from './hash-text.ts'

export type Requests = Extract<Rendered, { kind: 'requests' }>

/**
 * Hashes what a row asks for its member, into `hash`: equal for rows of one member of which one would repeat the other.
 * What makes a difference to the API:
 * - where the member is registered (source and account of the profiles, the query), as a member of one source who is
 *   registered in another is merged;
 * - whether the row registers, and what it links. A link to another program is another link, and one to the same
 *   program with other dates may be a relink (capillary-facts.md, section 1).
 * The other fields of a registration make none: the API does not update a member who is there (code 8006).
 */
export function hashAsk({ register, link }: Requests, hash: Hash): void {
  hash.fill(0)
  hashRegistration(register, hash)
  hashLinks(link, hash)
}

/** Hashes one of a row's `members`, alone or together with what is asked for it. */
export function hashMember(member: string, hash: Hash, ask?: Hash): void {
  if (ask === undefined) hash.fill(0)
  else hash.set(ask)
  hashText(member, hash)
}

function hashRegistration(register: RegisterRequest | undefined, hash: Hash): void {
  if (register === undefined) return
  const { body, query } = register
  hashText('register', hash)
  const profiles = isObject(body) ? body['profiles'] : undefined
  if (Array.isArray(profiles)) {
    for (const profile of profiles as readonly Json[]) {
      if (!isObject(profile)) continue
      const { source, accountId } = profile
      if (source !== undefined) hashText(typeof source === 'string' ? source : JSON.stringify(source), hash)
      if (accountId !== undefined) hashText(JSON.stringify(accountId), hash)
    }
  }
  if (query !== undefined) hashText(JSON.stringify(query), hash)
}

function hashLinks(link: LinkRequest | undefined, hash: Hash): void {
  if (link === undefined) return
  hashText('link', hash)
  hashText(JSON.stringify(link.linkToPartnerPrograms), hash)
}

function isObject(value: Json | undefined): value is { readonly [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
